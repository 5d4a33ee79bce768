"""Given names as lists of signatories spell them, folded: small ASCII letters."""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
    abdel abdou adam adele adrien agathe agnes ahmed aina akim alain alan albert alberto alejandro
    aleksandr aleksandra aleksei alessandra alessandro alex alexander alexandra alexandre
    alexandros alexei alexis alfonso alfred ali alice aline alma almudena amelie ana anastasia
    anastasiia anatole anatoli andre andrea andreas andrei andres andreu andrew andrii andy angel
    angela angelika angelo anita anja anke anna annabelle anne anneliese annette annick annie
    anselm anthony antoine anton antoni antonia antonio ariane arianna arkadi arlette armand arnau
    arnaud artem arthur astrid audrey aurelie aurelien axel barbara bart bartomeu bastien beate
    beatrice beatriz benedicte benjamin benoit berenice bernadette bernard bernd bernhard berta
    birgit bogdan boris brigitte bruno camille carla carles carlo carlos carme carmen carole
    carolina caroline catherine cecile cecilia celia celine chantal charles charlotte chiara chloe
    chris christa christel christian christiane christina christine christoph christophe claire
    clara claude claudia claudine clemens clement clementine colette concha conrad corinne
    cristina cyril dagmar damien dan daniel daniela daniele danielle daria dario dave david davide
    debora deborah delphine denis denise detlef didier diego dieter dietmar dimitri dina dirk
    dmitri dmitrii dmitry dolors dominik dominique dorothea dorothee edith edoardo eduard eduardo
    edward ekaterina elena eleonora elisa elisabeth elise elizabeth ella ellen eloise elsa elvira
    emanuele emil emile emilia emilie emily emma emmanuel emmanuelle enric enrico enrique eric
    erica erich erik erika ernest ernst esteban estelle esther etienne eugene eugenia eva eve
    evelyne evgeni evgenii evgeny fabian fabien fabienne fabio fabrice farid fatima federica
    federico felicia felix ferdinand fernand fernando ferran filippo fiona flavia flora florence
    florent florian franca francesca francesco francine francis francisco franck francois
    francoise frank franz franziska frederic frederik frederique friedrich gabriel gabriela
    gabriele gabriella gaelle galina gaspard gemma genevieve georg george georges georgi georgia
    gerald gerard gerd gerda gerhard germaine gert ghislaine giacomo gianni gilbert gilles ginette
    giorgio giovanna giovanni gisela giulia giuliano giuseppe gloria gonzalo grazia gregoire
    gregory greta guido guillaume guillermo gunter gunther guy gwenael hanna hannah hannes hans
    harald hassan heidi heike heiko heinrich heinz helen helena helene helga helmut henri
    henriette henry herbert hermann herve hilda hilde holger horst hubert hugo ian ibrahim ida
    igor ilaria ilia ilya imma ines inga inge ingo ingrid inna irene irina iris irma isaac isabel
    isabella isabelle isidore iurii ivan jack jacob jacopo jacqueline jacques jakob james jan jana
    jane janine jaume javier jean jeanne jeannine jens jeremy jerome jessica jesus jim joan joana
    joanna joaquim joaquin jochen joel joelle joerg johann johanna johannes john jon jonas
    jonathan jordi jorg jorge jose josef josefa josefina josep joseph josephine josette joshua
    juan juana judith jules julia julian juliana julie julien juliette julio jurgen justine kai
    karel karen karim karin karina karine karl karsten kate katharina kathrin katia katja kevin
    khaled kirill klara klaus konstantin kurt laetitia larissa lars laszlo laura laure laurence
    laurent laurie lea leila lena leo leon leonard leonid leonie leonor leopold leslie lev lidia
    lilia liliane lina linda lisa lise lluis lorena lorenzo lothar louis louise luc luca lucas
    lucette lucia luciano lucie lucien lucienne lucy ludmila ludovic luigi luis luisa luise lukas
    lydia lydie mada madeleine magali magda magnus maiia maite manfred manon manuel manuela mar
    marc marcel marcelle marcello marco marcos marcus margarita margaux margherita margot
    marguerite maria mariam marian mariana marianne marie mariia marija marilena marina marine
    mario marion marisa marius mark marko markus marlene marta martha marthe martin martina
    martine mary maryse massimo mateo mathias mathieu mathilde matilde matteo matthew matthias
    matthieu maud maurice maurizio mauro max maxim maxime melanie melissa merce mercedes meritxell
    mia michael michaela michel michela michele micheline michelle miguel mikhail mila milena
    mireia mireille miriam mohamed mohammed moise monica monika monique montserrat morgane moritz
    muriel mustafa myriam nadege nadezhda nadia nadine nancy natacha natalia natalie natascha
    nathalie nathan nicola nicolas nicole nikita nikolai nils nina noah noel noelle noemie nora
    norbert nuria octave odette odile oksana olaf oleg olga oliver olivia olivier omar oscar oskar
    otto pablo paco pascal pascale patrice patricia patrick patrizia pau paul paula pauline pavel
    pedro pelagie penelope pere perrine peter petra philipp philippe pia pier piero pierre
    pierrette pietro pilar pol polina quentin quim rachel rachid rafael rainer ralf ramon raphael
    raquel raul raymond raymonde rebecca regina regine regis reinhard remi remy renate renato rene
    renee ricard ricardo riccardo richard rita robert roberta roberto robin rodolphe rodrigo roger
    roland rolf romain roman rosa rosalie rose rosemarie roser rosine roxane rudolf ruslan ruth
    sabine sabrina salvador salvatore sam samia samir samuel sandra sandrine sara sarah sasha sean
    sebastian sebastien serge sergei sergi sergio severine siegfried sigrid silke silvia silvio
    simon simona simone sofia sofie solange sonia sonja sophie stefan stefania stefano steffen
    stella stephan stephane stephanie stephen steve susan susana susanne suzanne sven svetlana
    sylvain sylviane sylvie tamara tania taras tatiana tatjana teresa theo theodor theresa therese
    thibault thierry thomas tilman tim timo tobias tom tomas tommaso toni torsten uli ulrich
    ulrike umberto ursula ute uwe vadim valentin valentina valeria valerie valerii vanessa vasili
    vasilii vera veronica veronika veronique vicent vicente vicenzo victor victoria viktor
    viktoria vincent vincenzo viola violaine violette virginia virginie vitalii vittorio viviane
    vladimir vladislav volker volodymyr walter waltraud werner wilhelm willem william willy
    wolfgang xavier yann yannick yasmina yolande yuri yves yvette yvonne zoe zoia
    """.split()
)
