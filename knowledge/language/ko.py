"""Korean."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from knowledge.language.language import (
    ClauseWords,
    DateWords,
    Language,
    Lead,
    NumberWords,
    QuestionWords,
    Script,
    Wanted,
    phrases,
    table,
    words,
)
from knowledge.language.wording import (
    DateWording,
    NameWording,
    NumberWording,
    Scale,
    Wording,
    shares,
)
from knowledge.model import Relation

_HALF: Final = words(
    """
    절반 절반이 절반은 절반을 절반의 절반도 절반에 절반만 절반가량 절반가량이 절반가량은 절반쯤
    절반쯤이 절반쯤은 절반정도 절반정도가 절반정도는
    """
)
"""Half, with the particles that are glued to it, and "some" of "some half"."""

_UNITS: Final = {
    "mm": "밀리미터",
    "cm": "센티미터",
    "m": "미터",
    "km": "킬로미터",
    "miles": "마일",
    "kg": "킬로그램",
    "g": "그램",
    "tonnes": "톤",
    "litres": "리터",
    "barrels": "배럴",
    "hectares": "헥타르",
    "hours": "시간",
    "months": "개월",
    "$": "달러",
    "€": "유로",
    "£": "파운드",
    "¥": "엔",
    "CN¥": "위안",
    "₽": "루블",
    "₩": "원",
}


def _with_particles(rows: Mapping[str, str]) -> dict[str, str]:
    """Give the table of units, each with the particles that may be glued to it as well."""
    particles = ("", *"을 를 이 가 은 는 의 에 로 으로 와 과 도 만 까지 에서".split())
    return {
        f"{word}{particle}": unit
        for unit, row in rows.items()
        for word in row.split()
        for particle in particles
    }


_NUMBERS: Final = NumberWords(
    cardinals={},
    mixed={},
    hundred=frozenset(),
    glue=frozenset(),
    hundreds={},
    tens_links=frozenset(),
    dotted=frozenset(),
    scales={},
    scale_letters={},
    attached_scales=table(
        {
            10: "십",
            100: "백",
            10**3: "천",
            10**4: "만",
            10**5: "십만",
            10**6: "백만",
            10**7: "천만",
            10**8: "억",
            10**12: "조",
        }
    ),
    slang_scales={},
    unclear_scales=frozenset(),
    lone_scales=words("십만 백만 천만"),
    fractions=dict.fromkeys(_HALF, Decimal(1) / 2),
    fraction_endings=frozenset(),
    ordinal_fractions={},
    whole_shares=_HALF,
    denominators=words("분의"),
    added_halves=frozenset(),
    articles=frozenset(),
    ands=frozenset(),
    of=frozenset(),
    points=frozenset(),
    tenths={},
    minus=frozenset(),
    zeros=frozenset(),
    percent=words("퍼센트 프로"),
    per_cent=frozenset(),
    percent_points=frozenset(),
    every=frozenset(),
    ratios=frozenset(),
    for_each=frozenset(),
    units=_with_particles(_UNITS),
    cents=_with_particles({"$": "센트"}),
    squares=frozenset(),
    cubes=frozenset(),
    old=frozenset(),
    vague=words("수십 수백 수천 수만 수십만 수백만"),
    vague_openers=frozenset(),
    vague_after_article=frozenset(),
    vague_few=frozenset(),
    vague_links=frozenset(),
    decades={},
    decade_leads=frozenset(),
    relations_before=phrases(
        {
            Relation.AT_LEAST: "최소|최소한|적어도",
            Relation.UP_TO: "최대|많아야",
            Relation.ABOUT: "약|대략|거의",
        }
    ),
    relations_behind=phrases(
        {
            Relation.AT_LEAST: "이상|이상이|이상은|이상을|이상의",
            Relation.UP_TO: "이하",
            Relation.ABOUT: "여|정도|가량|쯤|안팎|내외",
            Relation.MORE_THAN: "초과|넘게|넘는",
            Relation.LESS_THAN: "미만",
        }
    ),
    range_openers={},
    range_joiners=frozenset(),
    unit_joiners=frozenset(),
    dollars={},
    changes=frozenset(),
    rises=words("증가 상승"),
    falls=words("감소 하락"),
    ups=frozenset(),
    downs=frozenset(),
    change_links=frozenset(),
    labels=frozenset(),
    lengths=frozenset(),
    interval_words=frozenset(),
    year_relations={},
    year_leads=frozenset(),
    changing=frozenset(),
    no_count=frozenset(),
    no_share_before=frozenset(),
    no_share_behind=frozenset(),
    share_followers=frozenset(),
    fraction_followers=frozenset(),
)

_DATES: Final = DateWords(
    months={},  # A month is its number and 월, which the reader of periods takes as digits.
    short_months={},
    leads={},
    dotted_leads=frozenset(),
    weak_leads=frozenset(),
    priced=words("가격 물가"),
    not_a_year_after=frozenset(),
    onwards=frozenset(),
    onwards_alone=frozenset(),
    later=table(
        {
            Lead.SINCE: "이후 부터",
            Lead.UNTIL: "까지",
            Lead.BEFORE: "이전 전",
            Lead.DURING: "에 중",
        }
    ),
    afterthoughts={},
    articles=frozenset(),
    of=frozenset(),
    day_links=frozenset(),
    part_links=frozenset(),
    year_words=frozenset(),
    joiners=frozenset(),
    alternatives=frozenset(),
    parts=table({"start": "초 초반", "middle": "중반 중순", "end": "말 하순"}),
    ordinals={},
    fraction_parts={"상반기": 1, "하반기": 2},
    seasons={"봄": 3, "여름": 6, "가을": 9, "겨울": 12},
    last=words("지난"),
    coming=words("다음"),
    pairs=frozenset(),
    this=words("이번"),
    units=table(
        {"day": "일", "week": "주 주일", "month": "달 개월", "quarter": "분기", "year": "해 년"}
    ),
    days={"오늘": 0, "어제": 1, "그제": 2, "그저께": 2},
    whole_units={
        **dict.fromkeys(words("작년 지난해"), ("year", 1)),
        "재작년": ("year", 2),
        "올해": ("year", 0),
        "지난달": ("month", 1),
        "이번달": ("month", 0),
        "지난주": ("week", 1),
        "이번주": ("week", 0),
    },
    rolling=frozenset(),
    ago=words("전"),
    ago_before=frozenset(),
    present=words("현재 오늘"),
    weekdays=table(
        {0: "월요일", 1: "화요일", 2: "수요일", 3: "목요일", 4: "금요일", 5: "토요일", 6: "일요일"}
    ),
    short_weekdays={},
    doubtful_months=frozenset(),
    numbered={},
    known=frozenset(),
    reported=frozenset(),
    made=frozenset(),
)

_CLAUSES: Final = ClauseWords(
    joiners=words("그리고 하지만 그러나 및 그런데"),
    contrasts=words("하지만 그러나 그런데"),
    joining_endings=("했고", "냈고", "었고", "았고", "으며", "지만", "는데", "했으며"),
    negations=words("않 안 못 아니 없"),
    negation_endings=(),
    negating_parts=("않", "아니", "없", "못했", "못한", "못하"),
    lacking=frozenset(),
    failing=frozenset(),
    failing_links=frozenset(),
    no_denial_behind=frozenset(),
    no_negation_before=frozenset(),
    denials=words("부인 거짓 가짜"),
    asking=words("몇 얼마나 누가 언제"),
    asking_inside=frozenset(),
    introducing=frozenset(),
    wondering=frozenset(),
    supposing=words("만약 만일"),
    referring=words("그것 그중 이들 그들"),
    relatives=frozenset(),
    stops=frozenset(),
    links=frozenset(),
    towards=frozenset(),
    away=frozenset(),
    giving=words("보냈다 보낸 보내 제공했다 공급했다 수출했다 넘겼다 전달했다"),
    receiving=words("받았다 받은 수입했다 구매했다"),
    undoing=words(
        """
        파괴했다 파괴한 잃었다 잃은 압수했다 압수한 나포했다 훔쳤다 폐쇄했다
        취소했다 원한다 계획이다 계획한다 약속했다 추가
        """
    ),
    among=frozenset(),
    comparing=frozenset(),
    comparing_endings=("처럼", "보다"),
    articles=frozenset(),
    adverbs=words("겨우 단지 약 무려 이미"),
    speaking=frozenset(),
    leading=frozenset(),
    governing=words("정부 정부는 당국 당국은"),
    offices=words("정부 장관 대통령 총리 정보국 정보원"),
    so_far=frozenset({"이미", "지금까지", "현재까지", "여태까지"}),
    acquiring=words("구매했다"),
    possessing=frozenset(),
    first_person=words("우리 저희"),
    writer=words("나는 저는 내가 제가"),
    periods=table(
        {
            "day": "하루 매일 하루에",
            "week": "매주 일주일에",
            "month": "매달 매월 한달에",
            "year": "매년 연간 해마다",
        }
    ),
    per=words("당"),
    rates=words("하루 하루에 매일 매주 일주일에 매달 매월 한달에 매년 연간 해마다"),
    counted_time=("년", "월", "주", "일", "시", "분"),
    counted_time_endings=("에", "간", "당", "까지", "부터"),
)

_QUESTIONS: Final = QuestionWords(
    speech=words(
        """
        몇 얼마 얼마나 수 개 발 명 총 추정 추정치 최신 최근 현재 누가 언제 무엇 뭐 어느 어떤
        수치 자료 출처 정도 규모 현황 알려줘 알려진 했나 하나 인가 입니까 있나 보도 발표 주장
        사실 정말 것 중 몇개 갔 왔 받 받았 줬 들어갔 간 온 보낸 보냈 있는 있습니까 되나 되는
        """
    ),
    oldest_first=words("처음 최초"),
    counting=frozenset({"몇", "얼마"}),
    wanting={},
    wanting_first={},
    wanting_glued={
        Wanted.MANY: "몇",
        Wanted.MUCH: "얼마",
        Wanted.MONEY: "비용|가격",
        Wanted.SHARE: "비율|비중|퍼센트|점유율",
        Wanted.WHEN: "언제",
    },
    counting_leads=(),
    sharing=words("비율 비중 퍼센트"),
    placing=frozenset(),
    placing_endings=("에서",),
    attributing=words("따르면 주장 발표"),
    case_vowels=frozenset(),
    particles=tuple(
        "에서 에게 으로 까지 부터 산 측 인 제 의 에 이 가 은 는 을 를 와 과 로 도".split()
    ),
)

_SHARES: Final = shares("4분의 1", "3분의 1", "절반", "3분의 2", "4분의 3")

KOREAN: Final = Language(
    code="ko",
    name="Korean",
    script=Script.HANGUL,
    letters=frozenset(),
    stemmer=None,
    endings=(),
    point=".",
    numbers=_NUMBERS,
    dates=_DATES,
    clauses=_CLAUSES,
    questions=_QUESTIONS,
    wording=Wording(
        numbers=NumberWording(
            # Korean counts in ten thousands: 1.5 million is 150 of them.
            scales=(
                Scale(Decimal(10) ** 12, "조", "조"),
                Scale(Decimal(10) ** 8, "억", "억"),
                Scale(Decimal(10) ** 4, "만", "만", decimals=0),
            ),
            shares=_SHARES,
            spanned=_SHARES,
            percent="{}%",
            level="{level} 구간",
            group=",",
            point=".",
            relations={
                Relation.EXACT: "{low}",
                Relation.ABOUT: "약 {low}",
                Relation.MORE_THAN: "{low} 넘게",
                Relation.AT_LEAST: "{low} 이상",
                Relation.UP_TO: "최대 {high}",
                Relation.LESS_THAN: "{high} 미만",
                Relation.BETWEEN: "{low}에서 {high} 사이",
                Relation.BY: "{high}까지",
                Relation.BEFORE: "{high} 이전",
                Relation.AFTER: "{low} 이후",
                Relation.AROUND: "{low}경",
            },
            span="{low}에서 {high}",
            or_later="{low} 이후",
            money_first=True,
            gap="",
            largest=10_000,
            counted="{number} {unit}",
            counted_digits="{number}{unit}",
            genitive=frozenset(),
        ),
        dates=DateWording(
            locale="ko",
            about="{}경",
            uncertain="{}(불확실)",
            unknown="알 수 없는 날짜",
            decade="{}년대",
            governed_decade="{}년대",
            some_day="{}(날짜 미상)",
            span="{} ~ {}",
            up_to="{}까지",
            since="{}부터",
            or_later="{} 이후",
            governed_month=None,
            left_out="",
        ),
        names=NameWording(of_country="{country} {name}"),
    ),
    lacks=frozenset(
        """
        clauses.among clauses.articles clauses.asking_inside clauses.away clauses.comparing
        clauses.failing clauses.failing_links clauses.introducing clauses.lacking
        clauses.leading clauses.links
        clauses.negation_endings clauses.no_denial_behind clauses.no_negation_before
        clauses.possessing clauses.relatives clauses.speaking clauses.stops clauses.towards
        clauses.wondering dates.afterthoughts dates.ago_before dates.alternatives dates.articles
        dates.day_links dates.dotted_leads dates.doubtful_months dates.joiners dates.known
        dates.leads dates.made dates.months dates.not_a_year_after dates.numbered dates.of
        dates.onwards dates.onwards_alone dates.ordinals dates.pairs dates.part_links dates.reported
        dates.rolling dates.short_months dates.short_weekdays dates.weak_leads dates.year_words
        endings letters numbers.added_halves numbers.ands numbers.articles numbers.cardinals
        numbers.change_links numbers.changes numbers.changing numbers.cubes numbers.decade_leads
        numbers.decades numbers.dollars numbers.dotted numbers.downs numbers.every numbers.for_each
        numbers.fraction_endings numbers.fraction_followers numbers.glue numbers.hundred
        numbers.hundreds numbers.interval_words numbers.labels numbers.lengths numbers.minus
        numbers.mixed numbers.no_count numbers.no_share_before numbers.no_share_behind numbers.of
        numbers.old numbers.ordinal_fractions numbers.per_cent numbers.percent_points numbers.points
        numbers.range_joiners numbers.range_openers numbers.ratios numbers.scale_letters
        numbers.scales numbers.share_followers numbers.slang_scales numbers.squares
        numbers.tens_links numbers.tenths numbers.unclear_scales numbers.unit_joiners numbers.ups
        numbers.vague_after_article numbers.vague_few numbers.vague_links numbers.vague_openers
        numbers.year_leads numbers.year_relations numbers.zeros questions.case_vowels
        questions.counting_leads questions.placing questions.wanting questions.wanting_first stemmer
        """.split()
    ),
)
