"""What the interface says of files: a finished file that was checked, a draft that was redacted."""

from __future__ import annotations

from typing import Final

FILE_STRINGS: Final[dict[str, tuple[str, str]]] = {
    "file_clean": ("CLEAN: nothing in this file gives anybody away.", "깨끗함: 이 파일에는 누구도 드러나지 않습니다."),
    "file_unclean": ("NOT CLEAN", "깨끗하지 않음"),
    "file_page_unsafe": ("what the page says is not safe", "쪽에 쓰인 글이 안전하지 않음"),
    "file_no_page": ("no text of a page can be read", "쪽에서 읽을 수 있는 글이 없음"),
    "file_carries": (
        "1 thing that the page does not show|{n} things that the page does not show",
        "보이지 않는 것 {n}가지",
    ),
    "file_hidden": ("What the file carries besides", "파일에 더 들어 있는 것"),
    "file_col_kind": ("what", "종류"),
    "file_col_where": ("where", "위치"),
    "file_col_says": ("what in it points at somebody", "누군가를 가리키는 내용"),
    "file_persons": ("names {persons}", "{persons}의 이름"),
    "file_says_nothing": ("nothing that was read", "읽은 내용 없음"),
    "file_more": ("and 1 more passage|and {n} more passages", "그 밖에 {n}곳"),
    "file_unread": (
        "What a picture or a sound shows was read by nobody. Look at it, and leave it out if in doubt.",
        "그림과 소리의 내용은 아무도 읽지 않았습니다. 직접 살펴보고, 의심스러우면 빼십시오.",
    ),
    "file_next": (
        "Make the file anew from the words of its page: bearwitness redact or rewrite writes nothing else.",
        "쪽에 쓰인 글만으로 파일을 새로 만드십시오. bearwitness redact와 rewrite는 그 밖의 것을 쓰지 않습니다.",
    ),
    "draft_carries": (
        "The draft's file carries 1 thing more than its text; it was not written. bearwitness check names it."
        "|The draft's file carries {n} things more than its text; none was written. bearwitness check names them.",
        "초고 파일에 글 말고도 {n}가지가 더 있었지만 쓰지 않았습니다. bearwitness check로 볼 수 있습니다.",
    ),
    "draft_unjudged": (
        "The draft's file carries 1 thing more than its text, which was not assessed: do not release the file itself."
        " bearwitness check names it."
        "|The draft's file carries {n} things more than its text, which were not assessed: do not release the file"
        " itself. bearwitness check names them.",
        "초고 파일에는 글 말고도 {n}가지가 더 있고, 이는 평가하지 않았습니다. 이 파일을 그대로 내보내지 마십시오."
        " bearwitness check로 볼 수 있습니다.",
    ),
    "file_next_media": (
        "Make it anew from what it shows or sounds alone: bearwitness redact FILE -o NEW.png or NEW.wav.",
        "보이거나 들리는 것만으로 새로 만드십시오. bearwitness redact FILE -o NEW.png 또는 NEW.wav",
    ),
    "rebuilt_without": (
        "The file carried 1 thing besides; it was not written.|The file carried {n} things besides; none was written.",
        "파일에 {n}가지가 더 들어 있었지만 쓰지 않았습니다.",
    ),
    "rebuilt_image": (
        "NOT JUDGED: nobody has looked at what it shows. Look for faces, signs, house numbers, uniforms, mountains.",
        "판단하지 않음: 무엇이 보이는지 아무도 살펴보지 않았습니다. 얼굴, 간판, 번지, 제복, 산이 있는지 보십시오.",
    ),
    "rebuilt_audio": (
        "NOT JUDGED: nobody has heard what it says. Voices are not disguised: who knows a speaker will know them.",
        "판단하지 않음: 무슨 말을 하는지 아무도 듣지 않았습니다. 목소리는 바꾸지 않아 아는 사람은 누구인지 압니다.",
    ),
    "redacted_counts": ("Taken out: {counts}.", "뺀 것: {counts}."),
    "redacted_further": (
        "Kin or acts had to go too: without that the rest was not safe.",
        "가족 관계나 행위도 빼야 했습니다. 그러지 않으면 나머지가 안전하지 않았습니다.",
    ),
    "role_person": ("1 person|{n} persons", "사람 {n}명"),
    "role_name": ("1 name|{n} names", "이름 {n}개"),
    "role_place": ("1 place|{n} places", "장소 {n}곳"),
    "role_date": ("1 date|{n} dates", "날짜 {n}개"),
    "role_number": ("1 number|{n} numbers", "숫자 {n}개"),
    "role_amount": ("1 amount|{n} amounts", "금액 {n}개"),
    "role_work": ("1 kind of work|{n} kinds of work", "직업 {n}개"),
    "role_detail": ("1 detail|{n} details", "사항 {n}개"),
    "role_words": ("1 quotation|{n} quotations", "인용 {n}개"),
}
