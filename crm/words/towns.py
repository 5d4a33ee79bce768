"""Towns and regions by which the sections of larger organisations are called, folded.

Only what decides between *a section* and *a question*: a town that is missing is asked about.
"""

from __future__ import annotations

from functools import cache

_REGIONS = """
ain,aisne,allier,alpes maritimes,ardeche,ardennes,ariege,aube,aude,aveyron,bouches rhone,
calvados,cantal,charente,charente maritime,cher,correze,corse,cote or,cotes armor,creuse,
dordogne,doubs,drome,essonne,eure,eure loir,finistere,gard,gers,gironde,guadeloupe,guyane,
haute garonne,haute loire,haute marne,haute saone,haute savoie,haute vienne,hautes alpes,
alpes haute provence,hautes pyrenees,hauts seine,herault,ille vilaine,indre,indre loire,isere,
jura,landes,loir cher,loire,loire atlantique,loiret,lot,lot garonne,lozere,maine loire,manche,
marne,martinique,mayenne,mayotte,meurthe moselle,meuse,morbihan,moselle,nievre,nord,oise,orne,
pas calais,puy dome,pyrenees atlantiques,pyrenees orientales,bas rhin,haut rhin,rhone,
saone loire,sarthe,savoie,seine maritime,seine marne,seine saint denis,deux sevres,somme,tarn,
tarn garonne,territoire belfort,val marne,val oise,var,vaucluse,vendee,vienne,vosges,yonne,
yvelines,reunion,alsace,aquitaine,nouvelle aquitaine,auvergne,auvergne rhone alpes,rhone alpes,
bourgogne,bourgogne franche comte,franche comte,bretagne,centre val loire,champagne ardenne,
grand est,hauts france,ile france,idf,languedoc roussillon,limousin,lorraine,midi pyrenees,
nord pas calais,normandie,basse normandie,haute normandie,occitanie,pays basque,pays loire,
picardie,poitou charentes,provence,paca,provence alpes cote azur,wallonie,flandre,
bruxelles capitale,quebec,romandie,suisse romande,geneve,vaud,valais,baden wurttemberg,bayern,
brandenburg,hessen,sudhessen,nordhessen,mecklenburg vorpommern,niedersachsen,
nordrhein westfalen,nrw,rheinland pfalz,saarland,sachsen,sachsen anhalt,schleswig holstein,
thuringen,ruhrgebiet,tirol,steiermark,karnten,oberosterreich,niederosterreich,andalucia,aragon,
asturias,baleares,canarias,cantabria,castilla leon,castilla mancha,catalunya,cataluna,catalogne,
catalogna,pais valencia,pais valenciano,extremadura,galicia,galiza,rioja,murcia,navarra,
pais vasco,euskadi,euskal herria,euskadi,illes balears,abruzzo,basilicata,calabria,campania,
emilia romagna,friuli venezia giulia,lazio,liguria,lombardia,marche,molise,piemonte,puglia,
sardegna,sicilia,toscana,trentino,umbria,veneto,alentejo,algarve,acores,madeira,scotland,
england,wales,northern ireland,england wales,yorkshire,kent,cornwall,california,texas,ontario,
krym,sibir,ural,tatarstan,donbass,donbas,kavkaz,altai,komi,karelia,kareliia
"""
_TOWNS = """
paris,marseille,lyon,toulouse,nice,nantes,montpellier,strasbourg,bordeaux,lille,rennes,reims,
saint etienne,toulon,havre,grenoble,dijon,angers,nimes,villeurbanne,saint denis,aix provence,
clermont ferrand,brest,mans,tours,amiens,limoges,annecy,perpignan,metz,besancon,orleans,rouen,
mulhouse,montreuil,caen,nancy,argenteuil,saint ouen,roubaix,tourcoing,avignon,nanterre,poitiers,
creteil,versailles,pau,rochelle,calais,antibes,saint nazaire,colmar,ajaccio,bastia,bourges,
quimper,vannes,lorient,troyes,chambery,bayonne,valence,ivry,vitry,bobigny,aubervilliers,pantin,
bagnolet,evry,cergy,melun,gennevilliers,bruxelles,brussel,brussels,liege,anvers,antwerpen,gand,
gent,namur,charleroi,mons,lausanne,geneve,zurich,bern,berne,basel,bale,luxembourg,montreal,
berlin,hamburg,munchen,munich,koln,cologne,frankfurt,stuttgart,dusseldorf,dortmund,essen,
leipzig,bremen,dresden,hannover,nurnberg,duisburg,bochum,wuppertal,bielefeld,bonn,munster,
karlsruhe,mannheim,augsburg,kiel,kassel,freiburg,halle,magdeburg,erfurt,rostock,mainz,potsdam,
gottingen,heidelberg,tubingen,wien,vienna,graz,linz,salzburg,innsbruck,madrid,barcelona,
valencia,sevilla,zaragoza,malaga,murcia,palma,bilbao,bilbo,alicante,cordoba,valladolid,vigo,
gijon,granada,vitoria,gasteiz,coruna,donostia,san sebastian,pamplona,iruna,burgos,santander,
salamanca,girona,lleida,tarragona,sabadell,terrassa,badalona,mataro,reus,manresa,cadiz,huelva,
almeria,jaen,toledo,oviedo,leon,roma,rome,milano,milan,napoli,naples,torino,turin,palermo,
genova,genoa,bologna,firenze,florence,bari,catania,venezia,verona,messina,padova,trieste,
brescia,parma,modena,reggio emilia,reggio calabria,prato,livorno,cagliari,perugia,ravenna,
rimini,ferrara,salerno,sassari,siena,pisa,lucca,bergamo,vicenza,udine,trento,bolzano,ancona,
pescara,lisboa,lisbon,porto,coimbra,braga,faro,setubal,evora,sao paulo,rio janeiro,brasilia,
salvador,belo horizonte,london,londres,birmingham,manchester,leeds,liverpool,sheffield,bristol,
edinburgh,glasgow,cardiff,belfast,oxford,cambridge,newcastle,nottingham,brighton,leicester,york,
dublin,cork,galway,new york,nyc,los angeles,chicago,boston,seattle,san francisco,oakland,
washington,philadelphia,toronto,vancouver,sydney,melbourne,moskva,moscou,moscow,moskau,
sankt peterburg,saint petersbourg,st petersburg,peterburg,novosibirsk,ekaterinburg,kazan,
nizhnii novgorod,perm,samara,voronezh,krasnoiarsk,chita,tomsk,omsk,ufa,saratov,kiev,kyiv,kiiv,
kharkiv,kharkov,odessa,odesa,lviv,lvov,dnipro,zaporizhzhia,minsk,grodno,gomel,chisinau,kishinev,
tbilisi,erevan,yerevan,bakou,baku,almaty,astana,bishkek,tachkent,tashkent,riga,vilnius,tallinn,
varsovie,warszawa,warsaw,krakow,cracovie,gdansk,wroclaw,poznan,lodz,praha,prague,brno,
bratislava,budapest,bucarest,bucuresti,bucharest,cluj,sofia,belgrade,beograd,zagreb,sarajevo,
ljubljana,skopje,athenes,athina,athens,thessalonique,thessaloniki,istanbul,ankara,izmir,
diyarbakir,amsterdam,rotterdam,den haag,utrecht,oslo,bergen,stockholm,goteborg,malmo,copenhague,
copenhagen,kobenhavn,helsinki,helsingfors,tampere,turku,tunis,sfax,alger,oran,rabat,casablanca,
dakar,abidjan,bamako,caire,cairo,beyrouth,beirut,jerusalem,tel aviv,gaza,ramallah,haifa,damas,
bagdad,teheran,mexico,bogota,quito,lima,santiago,buenos aires,montevideo,caracas,habana
"""
_BEHIND = frozenset(
    """
    nord sud est ouest centre centro center banlieue ville intra muros metropole agglo north south
    east west stadt land mitte norte sur este oeste oblast krai gorod region 1er 2e
    """.split()
)


@cache
def _known() -> frozenset[str]:
    return frozenset((_REGIONS + "," + _TOWNS).replace("\n", "").split(","))


def is_town(words: tuple[str, ...]) -> bool:
    """Whether these words, less small ones, are a town or region, or part of one."""
    for count in range(min(4, len(words)), 0, -1):
        if " ".join(words[:count]) in _known():
            rest = words[count:]
            return all(w in _BEHIND or w.isdigit() or _ordinal(w) for w in rest) or is_town(rest)
    return False


def _ordinal(word: str) -> bool:
    return word[:-1].isdigit() and word[-1] == "e"
