"""Rules of scripts, quotations and decisions, and of what the record says otherwise or leaves open."""

from __future__ import annotations

from typing import Final

from bearwitness.text.rules_form import Rule

MIXED: Final = Rule(
    code="mixed_script", theme="scripts",
    why_en="letters of different scripts that look alike, or text that is shown in another order; retype it",
    why_ko="모양이 비슷한 다른 문자가 섞였거나 순서가 바뀌어 보이는 글. 다시 입력하십시오",
    looks_for_en="A Cyrillic or Greek letter among Latin ones, or signs that turn the order of letters round.",
    looks_for_ko="로마자 사이에 섞인 키릴 문자나 그리스 문자, 글자 순서를 뒤집는 보이지 않는 기호입니다.",
    because_en="A name written so slips past every search, here and later; it may also mark who was given the copy.",
    because_ko="이렇게 쓴 이름은 검색에 걸리지 않습니다. 사본을 받은 사람을 알아내려고 심어 둔 표시일 수도 있습니다.",
    examples_en=("The b\u043eok was lost.",),
    examples_ko=("b\u043eok을 잃어버렸다.",),
    instead_en="Retype the word by hand; do not paste it.",
    instead_ko="붙여 넣지 말고 손으로 다시 입력하십시오.",
)  # fmt: skip
FOREIGN: Final = Rule(
    code="foreign_script", theme="scripts",
    why_en="a word in another script, which may be a name or a place",
    why_ko="다른 문자로 쓰인 말. 이름이나 장소일 수 있음",
    looks_for_en="Latin letters, hanja, kana or Cyrillic in a Korean text (in an English one: words no list knows).",
    looks_for_ko="한글 글에 섞인 로마자, 한자, 가나, 키릴 문자입니다. 영어 글의 한글은 “목록에 없는 낱말”이 됩니다.",
    because_en="The reader of one language does not know the other's ordinary words, and takes none for granted.",
    because_ko="한 언어를 읽는 검사기는 다른 언어의 일반 낱말을 모르므로 어느 것도 안전하다고 보지 않습니다.",
    examples_ko=("종이에 崔라고 적혀 있었다.",),
    instead_en="Translate it, or decide it.",
    instead_ko="우리말로 옮기거나 정하십시오.",
)  # fmt: skip
QUOTATION: Final = Rule(
    code="quotation", theme="quotations",
    why_en="repeats testimony {ids} word for word, which its consent does not allow; say it in other words",
    why_ko="증언 {ids}의 말을 그대로 옮겼으나 동의에 없음. 다른 말로 쓰십시오",
    looks_for_en="Five or more words in a row of a stored testimony, also with one of six changed.",
    looks_for_ko="보관된 증언과 다섯 낱말 이상 이어서 같은 곳입니다. 여섯 가운데 하나를 바꾸어도 찾습니다.",
    because_en="People are known by how they tell it: whoever heard the story on a tapped line knows the teller again.",
    because_ko="사람은 말투로 알아봅니다. 전화를 엿들은 쪽은 같은 말을 보면 누구인지 압니다.",
    examples_en=("He was told that the soup was frozen in the bowl by morning.",),
    examples_ko=("아침이면 국이 그릇째 꽁꽁 얼어 있었다고 했다.",),
    instead_en="Tell it in your own words, or ask the teller for consent to be quoted word for word.",
    instead_ko="자기 말로 풀어 쓰거나, 말을 그대로 옮겨도 되는지 증언자에게 동의를 구하십시오.",
    read_with="record",
)  # fmt: skip
CONTRADICTION: Final = Rule(
    code="contradiction", theme="contradictions",
    why_en="contradicts the record of {who}: {attribute}; correct the text or the record",
    why_ko="{who}의 기록과 맞지 않음: {attribute}. 글이나 기록을 고치십시오",
    looks_for_en="A home, birth, date, relative or act that the record has otherwise for the person meant.",
    looks_for_ko="그 사람의 고향, 출생, 날짜, 가족, 사건이 기록과 다르게 쓰인 것입니다.",
    because_en="Either the text is wrong, or the record, or somebody else is meant; each changes who is at risk.",
    because_ko="글이 틀렸거나, 기록이 틀렸거나, 다른 사람 이야기입니다. 어느 쪽이냐에 따라 위험한 사람이 달라집니다.",
    examples_en=("Seo Da-on is from Musan.",),
    examples_ko=("서다온 씨는 무산 출신이다.",),
    instead_en="Ask who holds the account, then correct the one that is wrong. Do not write a false detail to mislead:"
    " the checker takes what is written as true, and so may the search.",
    instead_ko="증언을 맡은 사람에게 확인하고 틀린 쪽을 고치십시오. 눈속임으로 거짓을 쓰지 마십시오. 엉뚱한 가족이"
    " 쫓길 수 있습니다.",
    read_with="record",
)  # fmt: skip
SEX: Final = Rule(
    code="sex", theme="contradictions",
    why_en="the text calls one person both she and he; reword it", why_ko="한 사람의 성별이 서로 다르게 쓰임",
    looks_for_en="A title or pronoun that makes one person a woman here and a man there.",
    looks_for_ko="영어 글의 호칭이나 대명사가 한 사람을 여성으로도 남성으로도 가리키는 것입니다.",
    because_en="Two people have been read as one, or a slip gives away whom a changed name stands for.",
    because_ko="두 사람을 한 사람으로 읽었거나, 바꾸어 쓴 사람의 진짜 성별이 드러난 것입니다.",
    examples_en=("Ms. Kang wept. Mr. Kang wept. Ms. Kang left.",),
    instead_en="Say who is meant, or write “they” all through.",
    instead_ko="누구인지 밝혀 쓰거나 처음부터 끝까지 they로 쓰십시오.",
)  # fmt: skip
NOBODY_FITS: Final = Rule(
    code="nobody_fits", theme="people",
    why_en="nobody of the record fits all that is said here; correct it, or put the person into the record",
    why_ko="여기 쓰인 내용에 모두 맞는 사람이 기록에 없음. 고치거나 그 사람을 기록에 넣으십시오",
    looks_for_en="Somebody described, whom no person of the record fits.",
    looks_for_ko="글에 나온 사람의 설명에 들어맞는 사람이 기록에 없는 경우입니다.",
    because_en="The checker measures the family of somebody; of a person it does not know it can say nothing.",
    because_ko="누구의 가족인지 알아야 잴 수 있습니다. 기록에 없는 사람에 대해서는 아무것도 말할 수 없습니다.",
    examples_en=("A man from Wonsan who left in 2020 wept.",),
    examples_ko=("원산 출신 남성은 2020년에 탈북했다.",),
    instead_en="Correct the detail that is wrong, or record the person first.",
    instead_ko="틀린 내용을 고치거나 먼저 그 사람을 기록에 넣으십시오.",
    read_with="record",
)  # fmt: skip
TOO_MANY: Final = Rule(
    code="too_many_fit", theme="people",
    why_en="too many persons of the record fit this; say in the case file who is meant",
    why_ko="기록에서 맞는 사람이 너무 많음. 누구인지 사건 파일에 쓰십시오",
    looks_for_en="A description that fits more than a dozen households of the record.",
    looks_for_ko="기록에 있는 열두 가구 넘게 들어맞는 설명입니다.",
    because_en="Measuring all of them would say nothing of the one that is meant.",
    because_ko="모두를 재면 정작 그 가족이 얼마나 위험한지 알 수 없습니다.",
    examples_en=("A woman from Chongjin wept.",),
    examples_ko=("청진 출신 여성은 울었다.",),
    instead_en="Write a claim by hand in the case file; the text may stay.",
    instead_ko="사건 파일의 claims에 누구인지 쓰십시오. 글은 그대로 두어도 됩니다.",
    read_with="record",
)  # fmt: skip
OPEN: Final = Rule(
    code="open_person", theme="people",
    why_en="may be said of several persons of the record, but not of all; say in the case file who is meant",
    why_ko="기록에 있는 여러 사람 가운데 누구에 관한 것인지 알 수 없음. 누구인지 사건 파일에 쓰십시오",
    looks_for_en="Somebody who may be several persons of the record, of whom one sentence says what another excludes.",
    looks_for_ko="기록의 여러 사람일 수 있는데, 다른 문장과 맞지 않는 내용이 붙은 것입니다.",
    because_en="It is true of one of them only. Taken for the other, a family would be measured by a stranger's life.",
    because_ko="그 가운데 한 사람에게만 맞습니다. 잘못 이으면 남의 사정으로 그 가족의 위험을 재게 됩니다.",
    examples_en=("Min was a nurse. Min was a teacher.",),
    examples_ko=("민 씨는 간호사였다. 민 씨는 교사였다.",),
    instead_en="Name or describe them apart, or write a claim by hand.",
    instead_ko="서로 다르게 쓰거나 사건 파일의 claims에 쓰십시오.",
    read_with="record",
)  # fmt: skip
MAY_BE: Final = Rule(
    code="may_be", theme="people",
    why_en="may be {ids} of the record; write whom it means", why_ko="기록의 {ids}일 수 있음. 누구인지 쓰십시오",
    looks_for_en="The short form of a name no record knows, of which is said what fits a protected person as well.",
    looks_for_ko="기록에 없는 이름을 성만 쓴 것인데, 보호할 사람에게도 들어맞는 내용이 붙은 것입니다.",
    because_en="Two people share a surname; what is told of the protected one must not hide behind the official.",
    because_ko="성이 같은 두 사람입니다. 보호할 사람의 이야기가 공직자 뒤에 묻히면 안 됩니다.",
    examples_en=("Gu Mal-tong spoke in the hall. Gu, who is from Musan, wept.",),
    instead_en="Write the full public name, or the words by which the protected person is shown elsewhere.",
    instead_ko="공개 인물이면 성명을 모두 쓰고, 보호할 사람이면 글의 다른 곳에서 쓴 말로 쓰십시오.",
    read_with="record",
)  # fmt: skip
NAME_IS_WORD: Final = Rule(
    code="name_is_word", theme="people",
    why_en="a name of the record that is an ordinary word too; decide it as ordinary, or name nobody",
    why_ko="기록에 있는 이름이면서 일반 낱말임. 일반 낱말로 정하거나 이름을 빼십시오",
    looks_for_en="A word of the text that is also the given name of somebody in the record.",
    looks_for_ko="글에 나온 낱말이 기록에 있는 사람의 이름이기도 한 경우입니다.",
    because_en="As a word it is harmless, as a name it is the worst that can be printed. Only a person can tell.",
    because_ko="낱말이면 해가 없지만 이름이면 가장 위험합니다. 사람만 가릴 수 있습니다.",
    examples_en=("Then Sky fell.",),
    examples_ko=("하늘도 울었다.",),
    instead_en="Decide it as ordinary for this draft, or use another word.",
    instead_ko="이 글에서 일반으로 정하거나 다른 낱말을 쓰십시오.",
    read_with="record",
)  # fmt: skip
PUT_IN_RECORD: Final = Rule(
    code="put_in_record", theme="decisions",
    why_en="decided to be protected; put it into the record, so that it is assessed",
    why_ko="보호하기로 정함. 평가할 수 있도록 기록에 넣으십시오",
    looks_for_en="A form that was decided as protected and that the record still lacks.",
    looks_for_ko="보호로 정했는데 아직 기록에 없는 표현입니다.",
    because_en="Protected is no permission: what is not in the record is not measured.",
    because_ko="보호로 정한다고 쓸 수 있게 되는 것은 아닙니다. 기록에 없으면 재지 못합니다.",
    examples_en=("The list was kept by Ban Nari for years.",),
    examples_ko=("명단은 반나리 씨가 맡아 두었다.",),
    instead_en="Take it out of the text, or put the person into the record.",
    instead_ko="글에서 빼거나 그 사람을 기록에 넣으십시오.",
    read_with="decisions",
)  # fmt: skip
SAID_OF_WORD: Final = Rule(
    code="said_of_word", theme="decisions",
    why_en="decided to be an ordinary word, but something is said of it as of a person; reword the sentence",
    why_ko="일반 낱말로 정했으나 사람처럼 쓰임. 문장을 고치십시오",
    looks_for_en="A word decided as ordinary, of which the text tells a home, an age, a relative or an act.",
    looks_for_ko="일반으로 정한 말인데 고향, 나이, 가족, 사건이 붙어 사람처럼 쓰인 것입니다.",
    because_en="Were the decision to count, the person would vanish from the check with everything said of them.",
    because_ko="그대로 따르면 그 사람과 그에 관한 내용이 모두 검사에서 사라집니다.",
    examples_en=("Kang left Musan in 2019.",),
    examples_ko=("강 씨는 무산 출신이다.",),
    instead_en="Reword the sentence, or take the decision back.",
    instead_ko="문장을 고치거나 결정을 거두십시오.",
    read_with="decisions",
)  # fmt: skip
SCRIPT_RULES: Final = (MIXED, FOREIGN)
QUOTATION_RULES: Final = (QUOTATION,)
CONTRADICTION_RULES: Final = (CONTRADICTION, SEX)
PERSON_RULES: Final = (NOBODY_FITS, TOO_MANY, OPEN, MAY_BE, NAME_IS_WORD)
DECISION_RULES: Final = (PUT_IN_RECORD, SAID_OF_WORD)
