"""What members do to the records of a vault, as rules of a state machine: tell, code, attach, take back, give out."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from vault_machine import SOME, House
from vault_machine_known import ALL, Deed, File, KnownCase, new_word, words_in
from vault_machine_steps import make_families, new_account, write_case_file

from bearwitness.errors import BearwitnessError
from bearwitness.services.archive import load_case
from bearwitness.services.attachments import add_attachment, extract_attachment
from bearwitness.services.exporting import export_case
from bearwitness.services.importing import import_file
from bearwitness.services.intake import add_act, add_testimony, code_act, show_testimony
from bearwitness.services.release_desk import assess_release, draft_release, publish_release, vote_on_release
from bearwitness.services.withdrawal import withdraw_consent, withdraw_testimony

MOST_FAMILIES = 4


class Records(House):
    """The rules about records; the plain account beside them moves with each."""

    @precondition(lambda self: any(len(c.families) < MOST_FAMILIES for c in self.known.cases))
    @rule(by=SOME, at=SOME, families=st.integers(1, 2))
    def import_more(self, by, at, families):
        case = self.case(at, lambda c: len(c.families) < MOST_FAMILIES)
        who = self.someone(by, case)
        more = KnownCase(id="", seats={}, numbers=case.numbers)
        path = write_case_file(self.folder / f"more-{new_word('content')}.yaml", more, make_families(more, families))
        allowed = self.may(who, case, "identity", "chain", "content")
        if self.attempt(who, allowed, lambda v: import_file(v, path, into=case.id, step=4)) is not None:
            for held in ("families", "deeds", "accounts", "consents"):
                getattr(case, held).update(getattr(more, held))

    @precondition(lambda self: any(f.people for c in self.known.cases for f in c.families.values()))
    @rule(by=SOME, at=SOME, of=SOME, acts=st.sets(SOME, max_size=2))
    def tell(self, by, at, of, acts):
        case = self.case(at)
        number = self.pick([n for n, f in case.families.items() if f.teller_is_there], of)
        if number is None:
            return
        who, deeds = self.someone(by, case), [self.pick(case.deeds, n) for n in acts if case.deeds]
        plain, name, account = new_account(case, number, dict.fromkeys(deeds))
        if self.attempt(who, self.may(who, case, "identity", "chain", "content"),
                        lambda v: add_testimony(v, case.id, plain)) is not None:  # fmt: skip
            case.accounts[name] = account
            for deed in deeds:
                case.deeds[deed].told.add(name)

    @precondition(lambda self: any(f.people for c in self.known.cases for f in c.families.values()))
    @rule(by=SOME, at=SOME, of=SOME, told=st.sets(SOME, max_size=2))
    def code_new_act(self, by, at, of, told):
        case = self.case(at)
        number = self.pick([n for n, f in case.families.items() if f.relative_is_there], of)
        if number is None:
            return
        who, family = self.someone(by, case), case.families[number]
        accounts, name = {self.pick(case.accounts, n) for n in told if case.accounts}, new_word("identity")
        plain = {"id": name, "kind": "raid", "household": family.household, "victims": [family.relative]}
        if self.attempt(who, self.may(who, case, "identity", "content"),
                        lambda v: add_act(v, case.id, plain, accounts)) is not None:  # fmt: skip
            case.deeds[name] = Deed(family=number, told=accounts)

    @precondition(lambda self: any(c.deeds for c in self.known.cases))
    @rule(by=SOME, at=SOME, of=SOME, month=st.integers(1, 9))
    def code_again(self, by, at, of, month):
        case = self.case(at, lambda c: c.deeds)
        who = self.someone(by, case)

        def step(vault):
            # Whoever may not know its id calls it by what they see.
            acts = load_case(vault, vault.open_case(case.id)).case.acts
            act = self.pick([a.id for a in acts], of) or "a-none"
            return code_act(vault, case.id, act, {"date": f"2022-0{month}"})

        self.attempt(who, self.may(who, case, "content"), step)

    @precondition(lambda self: self.known.cases)
    @rule(by=SOME, at=SOME, of=SOME, content=st.binary(max_size=200))
    def attach(self, by, at, of, content):
        case = self.case(at)
        who, account = self.someone(by, case), self.pick([None, *case.accounts], of)
        path = self.folder / f"{new_word('evidence')}.bin"
        path.write_bytes(content)
        allowed = self.may(who, case, "identity", "content", "evidence")
        # Whoever does not hold the content lacks what it takes; whoever may not know the chain sees the account.
        made = self.attempt(who, allowed, lambda v: add_attachment(v, case.id, path, testimony=account))
        if made is not None:
            case.files[made.id] = File(name=path.stem, account=account, content=content)

    # Taken back.

    @precondition(lambda self: any(c.accounts for c in self.known.cases))
    @rule(by=SOME, at=SOME, of=SOME)
    def take_back_account(self, by, at, of):
        case = self.case(at, lambda c: c.accounts)
        who, name = self.someone(by, case), self.pick(case.accounts, of)
        self.withdraw(who, case, case.holds(who, *ALL), lambda v: withdraw_testimony(v, case.id, name),
                      lambda: case.withdraw([name]))  # fmt: skip

    @precondition(lambda self: any(c.consents for c in self.known.cases))
    @rule(by=SOME, at=SOME, of=SOME)
    def take_back_consent(self, by, at, of):
        case = self.case(at, lambda c: c.consents)
        who, name = self.someone(by, case), self.pick(case.consents, of)
        family, purpose, in_force = case.consents[name]
        allowed = self.may(who, case, *ALL) and in_force

        def happens():
            case.consents[name] = (family, purpose, False)
            if not any(held[0] == family and held[2] for held in case.consents.values()):
                case.withdraw([a for a, held in case.accounts.items() if held.family == family], teller_of=family)

        self.withdraw(who, case, allowed, lambda v: withdraw_consent(v, case.id, name), happens)

    def withdraw(self, who, case, allowed, step, happens):
        """Take something back, and look that the rows, the keys and the files of what is gone are gone."""
        before = self.rows_of(who, case) if allowed else {}
        if self.attempt(who, allowed, step) is None:
            return
        files = set(case.files)
        happens()
        lost = {row for name, row in before.items() if name in case.gone or name in files - set(case.files)}
        store = self.open[who].store
        assert not store.records(case.id, ids=sorted(lost)), "rows of what was withdrawn are there"
        assert not store.unit_keys(case.id, units=sorted(lost)), "keys of what was withdrawn are there"

    def rows_of(self, who, case):
        vault = self.open[who]
        vault.refresh()
        return {name: held.row for (_, name), held in load_case(vault, vault.open_case(case.id)).records.items()}

    # Looked at, and given out.

    @precondition(lambda self: any(c.accounts for c in self.known.cases))
    @rule(by=SOME, at=SOME, of=SOME)
    def show(self, by, at, of):
        case = self.case(at, lambda c: c.accounts)
        who, name = self.someone(by, case), self.pick(case.accounts, of)
        # By the id that people gave it, which whoever may not know it cannot ask for.
        shown = self.attempt(who, case.holds(who, "identity", "content"), lambda v: show_testimony(v, case.id, name))
        if shown is not None:
            account, files, consents = shown
            assert words_in(account.text) == {case.accounts[name].text}
            assert {f.id for f in files} == (
                {i for i, f in case.files.items() if f.account == name} if case.holds(who, "evidence") else set()
            )
            family = case.accounts[name].family
            assert {c.id for c in consents} == (
                {c for c, held in case.consents.items() if held[0] == family} if case.holds(who, "chain") else set()
            )

    @precondition(lambda self: any(c.files for c in self.known.cases))
    @rule(by=SOME, at=SOME, of=SOME)
    def extract(self, by, at, of):
        case = self.case(at, lambda c: c.files)
        who, name = self.someone(by, case), self.pick(case.files, of)
        target = self.folder / f"out-{new_word('evidence')}"
        allowed = self.may(who, case, "identity", "content", "evidence")
        if self.attempt(who, allowed, lambda v: extract_attachment(v, case.id, name, target)) is not None:
            assert target.read_bytes() == case.files[name].content
        else:
            assert not target.exists()

    @precondition(lambda self: self.known.cases)
    @rule(by=SOME, at=SOME, purpose=st.sampled_from(["documentation", "publication", "submission"]))
    def give_out(self, by, at, purpose):
        case = self.case(at)
        who, path = self.someone(by, case), self.folder / f"out-{new_word('content')}.yaml"
        needs = ALL if case.files else ALL[:3]
        done = self.attempt(who, case.holds(who, *needs), lambda v: export_case(
            v, case.id, path, purpose=purpose, recipient="the commission"))  # fmt: skip
        if done is None:
            assert not path.exists()
            return
        words = words_in(path.read_text(encoding="utf-8"))
        files = {f.name for f in path.with_name(f"{path.stem}.attachments").glob("*")}
        if purpose == "documentation":
            assert words == case.words(ALL)
            assert files == set(case.files)
            return
        texts = case.may_leave(purpose)
        assert words & {a.text for a in case.accounts.values()} == texts
        assert words <= case.words(ALL)
        assert files == {i for i, f in case.files.items() if f.account and case.accounts[f.account].text in texts}

    # The desk: nothing leaves that two others did not approve after it was assessed.

    @precondition(lambda self: self.known.cases)
    @rule(by=SOME, at=SOME)
    def draft(self, by, at):
        case = self.case(at)
        who, word = self.someone(by, case), new_word("content")
        made = self.attempt(who, self.may(who, case, "content"), lambda v: draft_release(
            v, case.id, f"People were threatened in spring, {word}."))  # fmt: skip
        if made is not None:
            case.drafts.append(word)
            self.drafts[made.id] = {"case": case, "by": who, "yes": set(), "out": False, "safe": False}

    @precondition(lambda self: self.drafts)
    @rule(by=SOME, of=SOME)
    def assess(self, by, of):
        draft = self.pick(self.drafts, of)
        held = self.drafts[draft]
        who = self.someone(by, held["case"])
        allowed = self.may(who, held["case"], *ALL[:3]) and not held["out"]
        found = self.attempt(who, allowed, lambda v: assess_release(v, held["case"].id, draft))
        if found is not None:
            held["safe"], held["yes"] = bool(found[1].safe), set()

    @precondition(lambda self: self.drafts)
    @rule(by=SOME, of=SOME, approves=st.booleans())
    def vote(self, by, of, approves):
        draft = self.pick(self.drafts, of)
        held = self.drafts[draft]
        who = self.someone(by, held["case"])
        vault = self.open[who]
        vault.refresh()
        try:
            vote_on_release(vault, held["case"].id, draft, approves=approves)
        except BearwitnessError:
            return
        assert held["safe"], "a draft was voted on that nobody found safe"
        assert self.may(who, held["case"], "content")
        assert who != held["by"]
        held["yes"] = held["yes"] | {who} if approves else held["yes"] - {who}

    @precondition(lambda self: self.drafts)
    @rule(by=SOME, of=SOME)
    def publish(self, by, of):
        draft = self.pick(self.drafts, of)
        held = self.drafts[draft]
        who = self.someone(by, held["case"])
        vault = self.open[who]
        vault.refresh()
        try:
            publish_release(vault, held["case"].id, draft, recipients=("a paper",))
        except BearwitnessError:
            return
        assert not held["out"]
        assert self.may(who, held["case"], *ALL[:3])
        assert len([m for m in held["yes"] if m in held["case"].seats and self.known.members[m]]) >= 2
        held["out"] = True
