"""Lists of signatories: one a line or between commas, under headings or none."""

from __future__ import annotations

import re
from dataclasses import replace

from crm.documents import Document, Line
from crm.places import Place
from crm.reading import cues, rows
from crm.reading.dates import dates_in
from crm.reading.geography import place_heading
from crm.reading.listing import Group, Listing, Outline
from crm.reading.openers import asks_for_things, opened_by
from crm.reading.tables import heads_a_list

_BEHIND = re.compile(r"\s*\([^()]*\)\s*:?$")  # a remark behind a heading


def outline(document: Document) -> Outline:
    """The lists of a document, the lines of its annex, and everything else as blocks."""
    walker = _Walker(document)
    for number, line in enumerate(document.lines):
        walker.take(number, line)
    found = walker.found
    found.listings = [listing for listing in found.listings if _stands(listing)]
    return found


class _Walker:
    """Goes down the lines; `listing` is the list being read, if any."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found = Outline()
        self.listing: Listing | None = None
        self.around: Listing | None = None  # what a line of one label interrupts
        self.in_contacts = False
        self.blocked = False  # under a heading that is neither a title nor a list's
        self.headings = 0
        self.run_open = False
        self.prose_open = False

    def take(self, number: int, line: Line) -> None:
        if not line.text:
            # The row of dashes of a table is blank, and parts nothing.
            self.run_open = self.prose_open = self.run_open and bool(line.cells)
            return
        if self._heading(number, line) or self._label(line) or self._table(line):
            self.prose_open = False
        elif self.in_contacts and not self.listing:
            self.found.contacts.append(line)
            self._prose(line)
        elif self.listing is None or not self._entry(number, line):
            self._prose(line)

    # -- headings ---------------------------------------------------------------------------

    def _heading(self, number: int, line: Line) -> bool:
        """Open, sort or close a list when this line is a heading."""
        if line.cells:
            return False
        if not line.bullet and cues.leads_away(line.text.partition(":")[0]):
            self._close()
            self.blocked = self.blocked or rows.is_heading(line)
            return False
        marked = rows.is_heading(line)
        if (found := place_heading(line.text)) and self._followed(number, line):
            return self._place(line, *found)
        if len(line.text) <= 200:
            if cues.is_contact(line.text) and (marked or self._alone(number)):
                return self._contacts()
            role = self._given(number, line)
            if role and asks_for_things(self.document.lines[number + 1 : number + 9]):
                role = None
            if role and (marked or self._alone(number) or self._opens_run(number, line)):
                return self._open(role, line)
        if self.listing is None:
            role = opened_by(line, self.document.lines[number + 1 : number + 24])
            if role:
                return self._open(role, replace(line, level=line.level if marked else 0))
        if self.listing and (marked or self._sorts_unmarked(number, line)):
            return self._sort(number, line)
        if marked and not line.text.endswith(":"):
            self.headings += 1
            # The first heading is the title: it says nothing of what stands below.
            self.blocked = self.headings > 1
            self.in_contacts = False
        return False

    def _given(self, number: int, line: Line) -> str | None:
        """The part a heading's own words give."""
        if line.bullet and not line.text.endswith(":") and len(line.text.split()) > 3:
            return None
        role = cues.role_of(line.text) if len(line.text) < 140 else None
        after = self._after(number)
        if role is None and cues.is_joint(line.text) and after and rows.names_only(after.text):
            role = "signatory"
        if role is None and line.text.endswith((":", "：")) and line.level != 1:
            role = cues.announces(line.text)
        return role

    def _sorts_unmarked(self, number: int, line: Line) -> bool:
        return self._apart(number) and cues.is_plain_category(_BEHIND.sub("", line.text))

    def _place(self, line: Line, place: Place, heading: str) -> bool:
        if self.listing is None:
            if self.in_contacts or self.blocked:
                return False
            self.listing = Listing(role="signatory", level=max(0, line.level - 1), implied=True)
            self.found.listings.append(self.listing)
        people = bool(self.listing.groups and self.listing.groups[-1].people)
        self.listing.groups.append(Group(place, heading, people=people, level=line.level))
        self.found.places.append((line.start, line.end))
        self.run_open = False
        return True

    def _contacts(self) -> bool:
        self.listing = None
        self.in_contacts = True
        return True

    def _open(self, role: str, line: Line) -> bool:
        listing = Listing(role=role, level=line.level, bold=line.bold)
        listing.groups.append(
            Group(
                people=cues.is_for_people(line.text) and not cues.is_category_of_bodies(line.text)
            )
        )
        self.found.listings.append(listing)
        self.listing, self.in_contacts, self.run_open = listing, False, False
        return True

    def _sort(self, number: int, line: Line) -> bool:
        """A heading inside a list sorts it, closes it, or is a name set in bold."""
        listing = self.listing
        assert listing is not None
        known = {group.level for group in listing.groups if group.level}
        if rows.is_enumeration(line.text) and line.level not in known:
            return False
        category = cues.is_category(line.text) or (
            cues.is_for_people(line.text) and len(line.text.split()) < 8
        )
        if not category and not line.level and self._bold_name(number, line):
            return False
        deeper = line.level > listing.level and (
            listing.level or line.level in known or not listing.holds_lines()
        )
        aside = (
            not line.level
            and len(line.text.split()) <= 5
            and not listing.bold
            and not line.text.endswith(("?", "!"))
        )
        after = self._after(number)
        several = cues.opens_with_bodies(line.text) and bool(after and after.bullet)
        sibling = several or (
            line.bold and sum(not g.level and bool(g.heading) for g in listing.groups) >= 2
        )
        if category or deeper or aside or (sibling and not cues.invites(line.text)):
            people = cues.is_for_people(line.text) and not cues.is_category_of_bodies(line.text)
            above = next(
                (g for g in reversed(listing.groups) if g.place and 0 < g.level < line.level), None
            )
            listing.groups.append(
                Group(
                    above.place if above else None,
                    line.text.strip(" :："),
                    people=people,
                    level=line.level,
                )
            )
            self.run_open = False
            return True
        self._close()
        self.blocked = True
        return False

    def _bold_name(self, number: int, line: Line) -> bool:
        """Bold lines one after the other, or above an address, are names."""
        if line.text.endswith((":", "：")):
            return False
        after = self._after(number)
        return after is None or after.bold or "@" in after.text or not self._apart(number)

    def _close(self) -> None:
        if self.listing:
            self.listing.closed = True
        self.listing = None
        self.run_open = False

    def _table(self, line: Line) -> bool:
        """A table whose first row speaks of organisations and where they are is a list."""
        if not line.cells or self.listing or self.in_contacts or self.blocked:
            return False
        if not heads_a_list([self.document.text[slice(*cell)] for cell in line.cells]):
            return False
        self._open("signatory", replace(line, text="", level=6))
        return self._add(line)

    # -- lines ------------------------------------------------------------------------------

    def _label(self, line: Line) -> bool:
        """ "Signataires : A, B", "France : A, B", "Syndicats : A, B": heading and names in one."""
        found = rows.LABEL.match(line.text) or rows.SIGNED_BY.match(line.text)
        if not found or line.cells or line.level == 1 or line.text[:1] in '«“"„':
            return self._dashed_place(line)
        label, rest = found["label"], found["rest"]
        row = replace(line, text=rest, start=line.start + found.start("rest"), bold=False)
        if cues.is_contact(label):
            self._close()
            self.found.contacts.append(line)
            self._prose(line)
            return True
        if self.listing and (place := place_heading(label)):
            self._place(replace(line, text=label), *place)
            return self._add(row)
        if (
            self.listing
            and (cues.is_category(label) or cues.is_for_people(label))
            and len(label.split()) < 8
        ):
            self.listing.groups.append(
                Group(
                    heading=label,
                    people=cues.is_for_people(label) and not cues.is_category_of_bodies(label),
                )
            )
            return self._add(row)
        role = cues.role_of(label) or cues.announces(label)
        if role is None and self.listing and self._parts(label, rest):
            self.listing.groups.append(Group(heading=label, inline=True))
            return self._add(row)
        if role is None or not rows.lists_names(rest):
            return False
        around = self.listing
        self._open(role, replace(line, text=label))
        self._add(row)
        assert self.listing is not None
        self.listing.groups[-1].inline = True
        self.listing.closed = True  # by the end of its block
        self.around = around if around and not around.closed else None
        return True

    def _parts(self, label: str, rest: str) -> bool:
        """ "Updated on 2 April: A, B"; "Ávila: A; B; C", one after the other."""
        assert self.listing is not None
        if rows.is_particulars(f"{label}: {rest}") or cues.leads_away(label):
            return False
        if dates_in(label):
            return rows.lists_names(rest)
        sorted_so = any(group.inline for group in self.listing.groups[-1:])
        named = rows.is_enumeration(rest) or (sorted_so and rows.marks(rest) > 0)
        opens = sorted_so or not self.listing.holds_lines()
        return opens and len(label.split()) <= 5 and named

    def _dashed_place(self, line: Line) -> bool:
        found = (
            re.match(r"^([^–—-]{3,40}?)\s+[–—-]\s+(\S.*)$", line.text)
            if self.listing and not line.cells
            else None
        )
        if not found or not (place := place_heading(found[1])) or rows.marks(found[2]) == 0:
            return False
        self._place(replace(line, text=found[1]), *place)
        return self._add(replace(line, text=found[2], start=line.start + found.start(2)))

    def _entry(self, number: int, line: Line) -> bool:
        """Add a line to the list, pass over what is none, or leave the list."""
        listing = self.listing
        assert listing is not None
        if listing.closed and not self.run_open:
            around, self.around = self.around, None
            if around is None or not rows.could_sign(line.text):
                self._close()
                return False
            self.listing = listing = around  # "Promueve: A" stood among the names of a list
        if not line.cells and (rows.is_means(line.text) or rows.is_dateline(line.text)):
            self.found.contacts.append(line)
            return True
        if not line.cells and (rows.is_particulars(line.text) or cues.invites(line.text)):
            self._close()
            return False
        if self._heads_items(number, line):
            listing.groups.append(replace(listing.groups[-1], heading=line.text, runs=[]))
            self.run_open = False
            return True
        wrapped = self.run_open and not line.bullet and line.text[:1].islower()
        if not (wrapped or line.bullet or line.cells) and self._leaves_items(line):
            self._close()
            return False
        if not wrapped and not line.cells and self._is_prose(number, line):
            if listing.holds_lines() and not line.text.startswith(("*", "(", "†")):
                self._close()
            return False
        return self._add(line)

    def _is_prose(self, number: int, line: Line) -> bool:
        if line.bullet and self._among_items():
            return rows.is_spoken(line.text)
        return rows.is_prose(self._block_text(number, line)) and not rows.is_long_name(line)

    def _heads_items(self, number: int, line: Line) -> bool:
        """A short line alone above items that each have a sign: a region, "Emilia-Romagna"."""
        after = self._after(number)
        if line.bullet or line.cells or not self._alone(number) or not (after and after.bullet):
            return False
        assert self.listing is not None
        bulleted = [each for run in self.listing.groups[-1].runs for each in run]
        return len(line.text.split()) <= 4 and all(each.bullet for each in bulleted[-3:])

    def _leaves_items(self, line: Line) -> bool:
        """A long line without a sign behind items that each had one."""
        long = len(line.text.split()) > 8 or line.text.endswith((",", ".", ":"))
        return self.run_open and self._among_items() and long

    def _among_items(self) -> bool:
        """The lines read last are items: the next one is one of theirs, whatever its signs."""
        assert self.listing is not None
        groups = self.listing.groups[-1:]
        last = [line for group in groups for run in group.runs[-3:] for line in run[-3:]][-3:]
        return len(last) == 3 and all(line.bullet for line in last)

    def _add(self, line: Line) -> bool:
        assert self.listing is not None
        if not self.listing.groups:
            self.listing.groups.append(Group())
        group = self.listing.groups[-1]
        if self.run_open and group.runs:
            group.runs[-1].append(line)
        else:
            group.runs.append([line])
        self.run_open = True
        return True

    def _prose(self, line: Line) -> None:
        if self.prose_open:
            self.found.prose[-1].append(line)
        else:
            self.found.prose.append([line])
        self.prose_open = True

    # -- what stands around -----------------------------------------------------------------

    def _block_text(self, number: int, line: Line) -> str:
        """The line, with those it was wrapped into when they read on in small letters."""
        text = line.text
        for after in self.document.lines[number + 1 : number + 12]:
            if not after.text or after.bullet or not after.text[:1].islower() or line.hard:
                break
            text += " " + after.text
        return text

    def _after(self, number: int) -> Line | None:
        return next((line for line in self.document.lines[number + 1 :] if line.text), None)

    def _apart(self, number: int) -> bool:
        return number == 0 or not self.document.lines[number - 1].text

    def _alone(self, number: int) -> bool:
        """Nothing right above and nothing right below."""
        lines = self.document.lines
        return self._apart(number) and (number + 1 >= len(lines) or not lines[number + 1].text)

    def _opens_run(self, number: int, line: Line) -> bool:
        """The first of lines that stand together, short like a heading."""
        return (
            self._apart(number)
            and len(line.text.split()) <= 8
            and not line.text.endswith((".", ","))
        )

    def _followed(self, number: int, line: Line) -> bool:
        """Names stand under this country: it heads them, and is not one of a list of countries."""
        after = self._after(number)
        if after is None or (
            line.bullet and after.bullet == line.bullet and after.indent <= line.indent
        ):
            return False
        marked = rows.is_heading(line)
        placed = self.listing and any(group.place for group in self.listing.groups)
        inside = self.listing and self.listing.holds_lines() and not placed
        if inside and not (marked or self._apart(number)):
            return False  # not by country: the end of a name that was cut, "… in / Deutschland"
        return (marked or self._apart(number) or self.listing is not None) and (
            marked or place_heading(after.text) is None
        )


def _stands(listing: Listing) -> bool:
    """A list no heading announces is one only when nothing about it speaks of anything else."""
    lines = listing.lines()
    if not listing.implied:
        return bool(lines)
    grouped = [group for group in listing.groups if group.place and group.runs]
    return (
        len(grouped) >= 2 and len(lines) >= 3 and all(rows.could_sign(line.text) for line in lines)
    )
