"""Rules of names: of people and of whatever else bears a name of its own."""

from __future__ import annotations

from typing import Final

from bearwitness.text.rules_form import Rule

NAME: Final = Rule(
    code="name", theme="names",
    why_en="a name that no record knows", why_ko="기록에 없는 이름",
    looks_for_en="A full name, or capital words that belong together, which neither the record nor the lists of public"
    " names hold.",
    looks_for_ko="기록에도 공개된 이름 목록에도 없는 성명입니다. 뒤에 성만 다시 나와도 같은 사람으로 봅니다.",
    because_en="A name is looked up in the register in seconds, and leads on to everybody on the same page of it.",
    because_ko="이름은 주민 대장에서 몇 초면 찾습니다. 같은 장에 적힌 가족까지 함께 드러납니다.",
    examples_en=("The list was kept by Tak Byul-ha for years.",),
    examples_ko=("명단은 탁별하 씨가 맡아 두었다.",),
    instead_en="Say what the person is to the story (“a neighbour”), or put the person into the record. Sign for it as"
    " public only where somebody holds an office and acted in it.",
    instead_ko="“한 이웃”처럼 이 글에서 맡은 구실로 쓰거나 그 사람을 기록에 넣으십시오. 공개로 정하는 것은 공직자가"
    " 직무로 한 일일 때뿐입니다.",
)  # fmt: skip
CAPITAL: Final = Rule(
    code="capital", theme="names",
    why_en="a capital word that no record or list knows", why_ko="기록이나 목록에 없는 대문자 낱말",
    looks_for_en="One capital word inside a sentence, or letters that stand for something, known to no list.",
    looks_for_ko="영어 문장 안의 대문자 낱말이나 약자로, 어느 목록에도 없는 것입니다.",
    because_en="It may be a person, a village, a unit or a firm. The checker does not guess: a wrong guess is a name in"
    " print.",
    because_ko="사람일 수도, 마을이나 부대, 회사일 수도 있습니다. 잘못 짐작하면 이름이 그대로 나가므로 짐작하지"
    " 않습니다.",
    examples_en=("They met near Bardwick every week.",),
    instead_en="Take it out or say the kind of thing it is. Decide it as ordinary only where it names nobody and no"
    " place.",
    instead_ko="빼거나 어떤 종류인지만 쓰십시오. 사람도 장소도 가리키지 않을 때만 일반으로 정합니다.",
)  # fmt: skip
MAYBE_NAME: Final = Rule(
    code="maybe_name", theme="names",
    why_en="a word that may be a name", why_ko="이름일 수 있는 말",
    looks_for_en="Two to four syllables that begin with a surname and that no list of words knows (Korean).",
    looks_for_ko="성으로 시작하는 두 글자에서 네 글자 말로, 낱말 목록에 없는 것입니다.",
    because_en="Korean has no capitals; a name looks like any other word, and an unknown one may be somebody.",
    because_ko="한글에는 대문자가 없어 이름과 일반 낱말이 같은 모양입니다. 모르는 말은 누군가의 이름일 수 있습니다.",
    examples_ko=("그 일은 구본슬도 알고 있었다.",),
    instead_en="Decide the form once: ordinary if it is a word, protected if it is somebody.",
    instead_ko="형태마다 한 번만 정하면 됩니다. 낱말이면 일반, 사람이면 보호입니다.",
)  # fmt: skip
MAYBE_GIVEN: Final = Rule(
    code="maybe_given", theme="names",
    why_en="a word that may be a given name", why_ko="성 없이 쓴 이름일 수 있는 말",
    looks_for_en="Two syllables that given names are made of, with the particle a person takes (Korean).",
    looks_for_ko="이름에 잘 쓰이는 두 글자에 사람에게 붙는 조사가 붙은 말입니다.",
    because_en="Within a family and a street the given name is enough to know who is meant.",
    because_ko="가족이나 인민반 안에서는 성이 없어도 누구인지 압니다.",
    examples_ko=("영희가 문을 열었다.",),
    instead_en="Write the kin word or the role; a changed name needs a note that it is changed.",
    instead_ko="가족 관계나 구실로 쓰십시오. 가명이면 가명이라고 밝히고 기록에 넣으십시오.",
)  # fmt: skip
TITLED: Final = Rule(
    code="titled", theme="names",
    why_en="a word before a title, which may be a name", why_ko="호칭 앞의 말로, 이름일 수 있음",
    looks_for_en="An unknown word before 씨, 기자 and the like, or a surname before a post (Korean).",
    looks_for_ko="씨, 기자 같은 호칭 바로 앞에 있는 모르는 말이나, 직책 앞의 성입니다.",
    because_en="Only people have such titles, so whatever stands before one is what somebody is called.",
    because_ko="이런 호칭은 사람에게만 붙으므로 앞의 말은 누군가를 부르는 말입니다.",
    examples_ko=("뚝쇠 씨는 웃었다.", "김 반장이 문을 두드렸다."),
    instead_en="As for a name.",
    instead_ko="이름과 같이 다룹니다.",
)  # fmt: skip
UNKNOWN_WORD: Final = Rule(
    code="unknown_word", theme="names",
    why_en="a word that no list knows", why_ko="목록에 없는 낱말",
    looks_for_en="A small word that is in no list of words, as it stands or without its ending; in Korean a noun.",
    looks_for_ko="조사나 어미를 떼어도 낱말 목록에 없는 말입니다. 한국어에서는 명사만 봅니다.",
    because_en="Names typed in small letters, nicknames and local words for a place are found in no other way.",
    because_ko="소문자로 친 이름, 별명, 지방에서만 쓰는 땅 이름은 이렇게밖에 찾을 수 없습니다.",
    examples_en=("He hid behind the brindlewock.",),
    examples_ko=("그는 뚬벅쇠를 기다렸다.",),
    instead_en="Correct a slip of the keys; use a usual word; decide it as ordinary if it is one.",
    instead_ko="오타면 고치고, 흔한 낱말로 바꾸고, 일반 낱말이면 일반으로 정하십시오.",
)  # fmt: skip
CALLED: Final = Rule(
    code="called", theme="names",
    why_en="what somebody is called", why_ko="누구를 부르는 말",
    looks_for_en="A nickname, or whose mother somebody is called (Korean).",
    looks_for_ko="별명이나 “누구 엄마”처럼 둘레에서 누구를 부르는 말입니다.",
    because_en="In a village a nickname is known better than the name, and informants report by it.",
    because_ko="동네에서는 이름보다 별명을 더 잘 알고, 정보원도 그 말로 알립니다.",
    examples_ko=("사람들은 그를 왕눈이라고 불렀다.",),
    instead_en="“A man of the village”, or leave it out.",
    instead_ko="“동네 사람”처럼 쓰거나 빼십시오.",
)  # fmt: skip
QUOTED_TITLE: Final = Rule(
    code="quoted_title", theme="names",
    why_en="a title or name in quotation marks", why_ko="따옴표 안의 제목이나 이름",
    looks_for_en="A few words in quotation marks that begin with a capital and are no speech.",
    looks_for_ko="대문자로 시작하고 말이 아닌, 따옴표로 묶은 짧은 영어 표현입니다.",
    because_en="The title of a book, a film or a song leads to its author; a code name to who gave it.",
    because_ko="책이나 영화, 노래의 제목은 지은이로, 암호명은 그것을 붙인 사람으로 이어집니다.",
    examples_en=('She wrote a song called "Lanterns Over Water" in prison.',),
    instead_en="Say what it was (“a song”), without its title.",
    instead_ko="제목 없이 “노래 한 곡”처럼 무엇인지만 쓰십시오.",
)  # fmt: skip
AFFILIATION: Final = Rule(
    code="affiliation", theme="names",
    why_en="the body that somebody named belongs to", why_ko="이름이 나온 사람이 속한 기관",
    looks_for_en="A body, office or party of the kind every country has, said as that of somebody who is named.",
    looks_for_ko="어느 나라에나 있는 기관이나 정당이라도, 이름이 나온 사람이 속한 곳으로 쓰인 것입니다.",
    because_en="A body alone names nobody; as the place of one person it narrows the search to its staff.",
    because_ko="기관만으로는 아무도 알 수 없지만, 한 사람이 속한 곳이 되면 그 직원들로 좁혀집니다.",
    examples_en=("Tak Byul-ha of the Ministry of Justice wept.",),
    instead_en="Leave out the body, or the name.",
    instead_ko="기관이나 이름 가운데 하나를 빼십시오.",
)  # fmt: skip
TOLD_WITH_NAME: Final = Rule(
    code="told_with_name", theme="names",
    why_en="told of somebody whom no record knows; it is decided with the name",
    why_ko="기록에 없는 사람에 관한 내용. 이름과 함께 정합니다",
    looks_for_en="A home, an age, work, a way out, a date or a sum, told of somebody whose name no record knows.",
    looks_for_ko="기록에 없는 이름의 사람에 관해 쓴 고향, 나이, 직업, 탈북 경로, 날짜, 금액입니다.",
    because_en="While nobody has said whether the person is public or protected, nothing told of them is safe either.",
    because_ko="그 사람이 공개인지 보호인지 정하지 않았으면 그에 관한 내용도 안전하지 않습니다.",
    examples_en=("Tak Byul-ha, a nurse, wept.",),
    examples_ko=("탁별하 간호사는 1990년생이다.",),
    instead_en="Decide the name; what is told goes with it.",
    instead_ko="이름을 정하면 함께 정해집니다.",
)  # fmt: skip
NAME_RULES: Final = (
    NAME, CAPITAL, MAYBE_NAME, MAYBE_GIVEN, TITLED, UNKNOWN_WORD, CALLED, QUOTED_TITLE, AFFILIATION, TOLD_WITH_NAME
)  # fmt: skip
