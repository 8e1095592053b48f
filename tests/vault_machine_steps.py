"""The records that a vault is filled with: invented families, each word of theirs its own, as a case file has them."""

from vault_machine_known import Account, Deed, Family, new_word

from bearwitness.model.codec import dump_case
from bearwitness.model.dates import parse_edtf
from bearwitness.model.records import Act, Case, Consent, Household, Kin, Name, Person, SourceLink, Testimony

PURPOSES = ("publication", "submission")


def make_families(known, number):
    """Some families with an account, an act, and two consents each, put into a plain account; one act is told twice."""
    made = []
    for _ in range(number):
        at = next(known.numbers)
        teller, relative = new_word("identity"), new_word("identity")
        family = known.families[at] = Family(
            household=new_word("identity"), label=new_word("identity"), teller=teller, relative=relative,
            names={teller: new_word("identity"), relative: new_word("identity")},
        )  # fmt: skip
        account = new_word("identity")
        known.accounts[account] = Account(family=at, text=new_word("content"), day=new_word("chain"))
        known.deeds[new_word("identity")] = Deed(family=at, told={account})
        if made:
            next(d for d in known.deeds.values() if d.family == made[0]).told.add(account)
        for purpose in PURPOSES:
            known.consents[new_word("identity")] = (at, purpose, True)
        assert family.people == [teller, relative]
        made.append(at)
    return made


def case_of(known, families):
    """The records of some families as a case."""
    people, households, acts, testimonies, consents = [], [], [], [], []
    for number in families:
        family = known.families[number]
        households.append(Household(id=family.household, label=family.label))
        names = {p: (Name(text=family.names[p], language="en"),) for p in family.people}
        people.append(Person(id=family.teller, household=family.household, names=names[family.teller]))
        kin = (Kin(relation="younger_brother", of=family.teller),)
        people.append(Person(id=family.relative, household=family.household, names=names[family.relative], kin=kin))
    for name, deed in known.deeds.items():
        if deed.family in families:
            family = known.families[deed.family]
            acts.append(Act(
                id=name, kind="threat", household=family.household, victims=(family.relative,),
                because_of=family.teller, date=parse_edtf("2023-05"),
            ))  # fmt: skip
    for name, account in known.accounts.items():
        if account.family in families:
            testimonies.append(testimony_of(known, name, account))
    for name, (number, purpose, _) in known.consents.items():
        if number in families:
            family = known.families[number]
            states = ((family.teller, "given"), (family.relative, "cannot_be_asked"))
            consents.append(Consent(
                id=name, giver=family.teller, purpose=purpose, identifiability="pseudonym", quoting="verbatim",
                persons=states,
            ))  # fmt: skip
    return Case(
        id="made", persons=tuple(people), households=tuple(households), acts=tuple(acts),
        testimonies=tuple(testimonies), consents=tuple(consents),
    )  # fmt: skip


def testimony_of(known, name, account):
    """An account as the model has it."""
    family = known.families[account.family]
    link = SourceLink(teller=family.relative, hearer=family.teller, medium="phone", date=parse_edtf(account.day))
    return Testimony(
        id=name, teller=family.teller, language="en", told=None, directness="told_by_victim",
        text=f"They said {account.text} to him.", acts=tuple(a for a, d in known.deeds.items() if name in d.told),
        chain=(link,),
    )  # fmt: skip


def write_case_file(path, known, families):
    """A case file of some families."""
    path.write_text(dump_case(case_of(known, families)), encoding="utf-8")
    return path


def new_account(known, number, acts):
    """The keys of a new account by a family's teller of some acts, and its plain account."""
    account, name = Account(family=number, text=new_word("content"), day=new_word("chain")), new_word("identity")
    family = known.families[number]
    hop = {"teller": family.relative, "hearer": family.teller, "medium": "phone", "date": account.day}
    plain = {
        "id": name, "teller": family.teller, "language": "en", "directness": "told_by_victim",
        "text": f"They said {account.text} to him.", "acts": list(acts),
        "chain": [hop] if family.relative_is_there else [],
    }  # fmt: skip
    return plain, name, account
