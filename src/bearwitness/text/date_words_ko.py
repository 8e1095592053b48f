"""Korean dates in words: 이천십팔년 오월, 동짓달 초사흘, 고난의 행군 때, 모내기철."""

from __future__ import annotations

from typing import Final

_ONE: Final = "[일이삼사오육칠팔구]"
# 유월 and 시월 have lost a sound.
NUMBER_WORDS: Final = dict(zip("일이삼사오육유칠팔구시십", (1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 10), strict=True))
YEAR: Final = rf"(?P<wy>(?:천구백|일천구백|이천)(?:{_ONE}?십)?{_ONE}?) ?년"
_MONTH: Final = "(?:십일|십이|[일이삼사오유칠팔구시])"
MONTH: Final = rf"(?P<wm>{_MONTH})월"
DAY: Final = rf"(?P<wd>(?:[이삼]?십)?{_ONE}|[이삼]?십)일"
MONTH_END: Final = r"(?=에|부터|까지|이[었던]|[의은이도쯤경께말초,. ]|중순|하순|상순|$)"
YEAR_END: Final = r"(?=에|부터|까지|이[었던]|생|도|[의은이쯤경, ]|$)"
DAY_END: Final = r"(?=[이가은는을를에도의께, ]|날|부터|까지|쯤|무렵|$)"
_COUNTED: Final = "하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레"
LUNAR_DAY: Final = (
    rf"(?:초(?:{_COUNTED}|열흘)|열(?:{_COUNTED})|스무(?:날|{_COUNTED})|그믐(?:날|께)?|(?<=월 )보름|(?<=달 )보름)"
)
LUNAR_MONTH: Final = rf"(?:정월|동짓달|섣달|윤(?:{_MONTH}|[0-9]{{1,2}})월|{_MONTH}월|[0-9]{{1,2}}월)"
# Feasts of the lunar calendar and the sun's own terms, by which country people reckon.
FEASTS: Final = (
    r"(?:초파일|삼짇날|칠석(?:날)?|백중(?:날)?|중양절|유두날|한식날|단옷날|동짓날|그믐날|섣달 ?그믐|입춘|경칩|춘분"
    r"|곡우|입하|망종|입추|처서"
    r"|백로|추분|한로|상강|입동|소한|(?:하지|동지|대한|소서|대서|청명|우수|소설|대설|소만)(?=날| 무렵|가 지나"
    r"|이 지나|를 앞|을 앞))"
    r"(?=[이가은는을를에도의, ]|날|부터|까지|$)"
)
# What everybody dates by: famine, currency, plague, deaths of leaders, flood; the work of the fields.
ERAS: Final = (
    r"(?:고난의 ?행군|미공급|화폐 ?(?:교환|개혁)|돈 ?바꿈|코로나(?:19|비루스)?|신종 ?코로나|사스|국상|애도 ?기간"
    r"|대사령|대사면|평양 ?축전|세계청년학생축전"
    r"|큰물|홍수|대홍수|수해|태풍|대지진|용천 ?폭발|룡천 ?폭발|해방|전쟁|정전|휴전|통일|국경 ?봉쇄|봉쇄)"
    r"(?:이?[가]? ?(?:나던|난|되던|된|하던|한|터진|터지던|있던|있은|시작된|끝난))?"
    r" ?(?:때(?:에|부터|까지|는|도|만)?|시기|시절|기간|무렵|당시|직전|직후|이듬해|이전|이후|다음 ?해|전해|나던 해"
    r"|난 해|그해|해|전에|후에|뒤에)(?![가-힣]{2})"
)
FARMING: Final = (
    r"(?:모내기|김매기|가을걷이|벼가을|감자 ?가을|강냉이 ?가을|추수|타작|탈곡|씨뿌리기|파종|김장|농촌 ?동원"
    r"|농촌 ?지원|장마|보릿고개|춘궁기"
    r"|나무하기|누에치기|송이|고사리|해빙기|결빙기)(?: ?(?:철|때|시기|기간|전투|무렵|동원|(?<=해빙기)|(?<=결빙기)"
    r"|(?<=춘궁기)|(?<=보릿고개)))(?=[이가은는을를에도의, ]|부터|까지|마다|$)"
)
RELATIVE: Final = (
    r"(?:(?:그 ?)?이튿날|이듬해|지지난 ?(?:달|주|해|봄|가을|겨울|여름)|그러께|재재작년|올 ?(?:봄|여름|가을|겨울|설"
    r"|추석|초|초봄)"
    r"|지난 ?(?:설|추석|정월|동지|섣달|명절|봄|여름|가을|겨울|그믐|보름)|(?:설|추석|명절)(?: ?(?:전날|다음 ?날"
    r"|이튿날|때|무렵|쇠고|밑))"
    r"|(?<![0-9.])(?:4|2|9|10|8|7)[.·](?:15|16|9|10|27) ?(?:명절|행사|때)?)(?=[이가은는을를에도의, ]|부터|까지|$)"
)


def patterns(year: str) -> dict[str, str]:
    """Patterns of dates in words by the name of their reader in ``dates_ko``.

    Parameters
    ----------
    year : str
        The pattern of a year in figures, which may stand before a month in words.
    """
    return {
        "word_day": rf"(?<![가-힣])(?:(?:{year}|{YEAR}),? ?)?{MONTH} ?{DAY}",
        "word_month": rf"(?<![가-힣])(?:(?:{year}|{YEAR}),? ?)?{MONTH}{MONTH_END}",
        "word_year": rf"(?<![가-힣]){YEAR}{YEAR_END}",
        "named_lunar_day": rf"(?<![가-힣])(?:[음구]력 ?)?(?:{LUNAR_MONTH} ?)?{LUNAR_DAY}{DAY_END}"
            rf"|(?<![가-힣])(?:[음구]력 ?{LUNAR_MONTH}|동짓달)",
        "feast": rf"(?<![가-힣]){FEASTS}",
        "era": rf"(?<![가-힣])(?:{ERAS}|{FARMING}|{RELATIVE})",
    }


def number_in_words(said: str) -> int:
    """A numeral of Chinese origin below ten thousand (이천십팔, 십이, 유 of 유월).

    Parameters
    ----------
    said : str
        Numerals alone, without a unit after them.
    """
    if said in NUMBER_WORDS:
        return NUMBER_WORDS[said]
    total, digit = 0, 0
    for letter in said:
        size = {"천": 1000, "백": 100, "십": 10}.get(letter)
        if size:
            total, digit = total + (digit or 1) * size, 0
        else:
            digit = NUMBER_WORDS[letter]
    return total + digit
