"""What each kind of hidden thing in a file is, and what to do about it, in English and Korean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bearwitness.documents.content import HiddenKind
from bearwitness.model.claims import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenReason:
    """A kind of hidden thing in plain words: ``name`` for a heading, ``why`` it matters and what to do."""

    name_en: str
    name_ko: str
    why_en: str
    why_ko: str


HIDDEN_REASONS: Final[Mapping[HiddenKind, HiddenReason]] = {
    "comment": HiddenReason(
        name_en="comment", name_ko="메모",
        why_en="A remark in the margin, with the name of who wrote it and when. Delete it before the file leaves.",
        why_ko="본문 옆에 단 말로, 쓴 사람 이름과 시각이 함께 남습니다. 내보내기 전에 지우십시오.",
    ),
    "inserted": HiddenReason(
        name_en="tracked insertion", name_ko="추가한 흔적",
        why_en="Text marked as somebody's addition; the mark names the editor. Accept or reject all changes.",
        why_ko="누가 덧붙였는지 표시가 남은 글입니다. 변경 내용을 모두 승인하거나 거부하십시오.",
    ),
    "deleted": HiddenReason(
        name_en="tracked deletion", name_ko="지운 흔적",
        why_en="Text that was struck out and is still in the file: often the very name that was taken out.",
        why_ko="지웠지만 파일에 그대로 있는 글입니다. 일부러 뺀 이름인 경우가 많습니다. 변경 내용을 모두 승인하십시오.",
    ),
    "revision": HiddenReason(
        name_en="earlier version", name_ko="이전 판",
        why_en="An earlier state of the text, or marks of who edited when, kept inside the file. Make a new file.",
        why_ko="고치기 전의 글이나 누가 언제 고쳤는지가 파일 안에 남아 있습니다. 새 파일로 만드십시오.",
    ),
    "hidden_text": HiddenReason(
        name_en="hidden text", name_ko="숨은 글",
        why_en="Text that is there and not shown: hidden, white, tiny or behind the page. Anybody can copy it out.",
        why_ko="숨김, 흰 글자, 아주 작은 글자처럼 보이지 않을 뿐인 글입니다. 누구나 복사해 읽을 수 있습니다.",
    ),
    "covered_text": HiddenReason(
        name_en="text under a box", name_ko="가려진 글",
        why_en="Words under a box or a picture. The box hides nothing from a computer: change the words themselves.",
        why_ko="네모나 그림으로 덮은 글입니다. 컴퓨터에는 가려지지 않습니다. 글 자체를 바꾸십시오.",
    ),
    "off_page": HiddenReason(
        name_en="text outside the page", name_ko="쪽 밖의 글",
        why_en="Text beyond the edge of the page, cut off from view and not from the file.",
        why_ko="쪽 바깥으로 밀려나 보이지 않지만 파일에는 있는 글입니다.",
    ),
    "field": HiddenReason(
        name_en="field or form entry", name_ko="필드와 서식 값",
        why_en="What was typed into a form, a bookmark's name or a code that is filled in on opening.",
        why_ko="서식에 넣은 값, 책갈피 이름, 열 때 채워지는 코드입니다.",
    ),
    "alternative_text": HiddenReason(
        name_en="alternative text", name_ko="대체 텍스트",
        why_en="A description of a picture or link for those who cannot see it; it may say who is in the picture.",
        why_ko="그림이나 링크를 설명하는 글입니다. 사진 속 사람의 이름이 적혀 있을 수 있습니다.",
    ),
    "link_target": HiddenReason(
        name_en="link", name_ko="링크 주소",
        why_en="Where a link goes. The address may hold a name, an account, or a shared folder of yours.",
        why_ko="링크가 가리키는 주소입니다. 이름이나 계정, 공유 폴더가 들어 있을 수 있습니다.",
    ),
    "metadata": HiddenReason(
        name_en="properties of the file", name_ko="파일 속성",
        why_en="Author, organisation, dates, template and program: who wrote it, where and when.",
        why_ko="작성자, 단체, 날짜, 서식 파일, 프로그램입니다. 누가 언제 어디서 썼는지 알려 줍니다.",
    ),
    "xmp": HiddenReason(
        name_en="XMP packet", name_ko="XMP 정보",
        why_en="A second set of properties that picture and page programs keep, with ids that tie files together.",
        why_ko="사진, 편집 프로그램이 따로 남기는 속성입니다. 여러 파일이 한곳에서 나왔음을 알려 주는 번호가 있습니다.",
    ),
    "exif": HiddenReason(
        name_en="camera and sound tags", name_ko="사진·소리 정보",
        why_en="Where and when a picture or sound was made, and by which device. Often the exact place.",
        why_ko="사진이나 소리를 언제 어디서 어떤 기기로 만들었는지입니다. 정확한 위치가 담긴 경우가 많습니다.",
    ),
    "thumbnail": HiddenReason(
        name_en="preview picture", name_ko="미리 보기 그림",
        why_en="A small picture of the page or photo as it was before you changed it.",
        why_ko="고치기 전의 쪽이나 사진을 줄인 그림입니다. 가리거나 잘라 낸 부분이 그대로 있습니다.",
    ),
    "embedded_file": HiddenReason(
        name_en="file within the file", name_ko="안에 든 파일",
        why_en="An attachment or a table pasted with its whole workbook. It is not checked: take it out.",
        why_ko="첨부 파일이나 통째로 붙여 넣은 표 파일입니다. 검사하지 않으므로 빼십시오.",
    ),
    "image": HiddenReason(
        name_en="picture", name_ko="그림",
        why_en="What a picture shows cannot be read. Look at it: faces, signs, house numbers, mountains, uniforms.",
        why_ko="그림에 무엇이 있는지는 읽을 수 없습니다. 얼굴, 간판, 번지, 산, 제복이 있는지 눈으로 보십시오.",
    ),
    "sound": HiddenReason(
        name_en="sound", name_ko="소리",
        why_en="What is said in a sound cannot be read. Listen to it: names, places, noises; a voice itself tells who.",
        why_ko="소리에서 하는 말은 읽을 수 없습니다. 직접 들어 보십시오. 목소리만으로도 누구인지 압니다.",
    ),
    "script": HiddenReason(
        name_en="script or macro", name_ko="스크립트와 매크로",
        why_en="A program inside the file. It may tell somebody that the file was opened. Never release one.",
        why_ko="파일 안의 프로그램입니다. 파일을 열었다는 사실을 남에게 알릴 수 있습니다. 절대 내보내지 마십시오.",
    ),
    "external": HiddenReason(
        name_en="something fetched from elsewhere", name_ko="밖에서 불러오는 것",
        why_en="A picture, style or template that is loaded from an address: whoever runs it sees who reads.",
        why_ko="열 때 다른 주소에서 불러오는 그림이나 서식입니다. 그 주소의 주인은 누가 읽는지 압니다.",
    ),
    "layer": HiddenReason(
        name_en="layer", name_ko="레이어",
        why_en="A part of the page that can be switched on and off; what is off can be read all the same.",
        why_ko="켜고 끌 수 있는 층입니다. 꺼 두어도 읽을 수 있습니다.",
    ),
    "unread_part": HiddenReason(
        name_en="part that was not understood", name_ko="읽지 못한 부분",
        why_en="Something in the file that the checker does not know. Do not release this file: make a new one.",
        why_ko="검사기가 알지 못하는 부분입니다. 이 파일은 내보내지 말고 새로 만드십시오.",
    ),
    "no_text_layer": HiddenReason(
        name_en="page without text", name_ko="글자가 없는 쪽",
        why_en="A scan or photo of a page: there is nothing to read, so nothing was checked. Type the text.",
        why_ko="스캔하거나 찍은 쪽이라 읽을 글자가 없습니다. 검사한 것이 없으니 글을 직접 입력하십시오.",
    ),
}


def say_hidden(language: Language, kind: HiddenKind) -> str:
    """What a kind of hidden thing is and what to do about it, in one or two sentences.

    Parameters
    ----------
    language : {"en", "ko"}
        Language of the interface.
    kind : HiddenKind
        The kind.
    """
    reason = HIDDEN_REASONS[kind]
    return reason.why_ko if language == "ko" else reason.why_en
