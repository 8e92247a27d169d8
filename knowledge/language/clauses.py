"""The words that join, deny, ask, suppose and refer: language data for taking messages apart."""

from typing import Final

from knowledge.language.words import fold


def words(listed: str) -> frozenset[str]:
    """Give the words of a list that is written as one text, as a reader folds them."""
    return frozenset(fold(word) for word in listed.split())


JOINERS: Final = words(
    """
    and but while whereas although though however plus yet because
    und aber während sondern obwohl jedoch weil
    y e pero mientras aunque sino porque
    і й та але а проте однак бо
    и но однако зато потому
    그리고 하지만 그러나 및 그런데
    """
)
"""Words between two clauses."""

CONTRASTS: Final = words(
    "but while whereas however yet aber sondern jedoch pero mientras sino але проте однак а но "
    "однако зато 하지만 그러나 그런데"
)
"""Joiners behind which a denial of the clause before no longer holds."""

CONNECTIVE_ENDINGS: Final = ("했고", "냈고", "었고", "았고", "으며", "지만", "는데", "했으며")
"""Endings of a Korean verb that joins its clause to the next."""

NEGATIONS: Final = words(
    """
    not never no nobody neither nor without cannot none nicht kein keine keinen keiner nie niemals
    niemand nunca jamás ni nadie не ні ніколи ніхто нет ни никогда никто
    aint isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt wont wouldnt couldnt cant
    않 안 못 아니 없
    """
)
"""Words that deny what their clause says; "n't" is read off the ending."""

NEGATION_ENDINGS: Final = ("n't", "n’t")
KOREAN_NEGATIONS: Final = ("않", "아니", "없", "못했")

NO_DENIAL_AFTER: Final = words(
    "only just merely even less fewer more nur solo sólo лише тільки только"
)
"""Behind a "not" these make an emphasis of it ("not even 5%", "not only")."""

DENIALS: Final = words(
    """
    deny denies denied denying refute refutes refuted reject rejects rejected debunked debunk doubt
    doubts false falsely untrue fake hoax myth lie lies bogus nonsense bullshit fabricated
    bestreitet dementiert falsch gelogen erfunden niega negó falso mentira desmintió
    заперечує заперечила неправда фейк брехня отрицает отрицала неправда ложь фейк вранье
    부인 거짓 가짜
    """
)
"""Words by which a clause, and what it introduces, is said to be untrue."""

ASKING: Final = words(
    """
    did do does is are was were has have had can could should would will how why who hat haben ist
    sind wie wieviel wer wann cuántos cuántas cuánto quién cuándo скільки чи хто сколько кто когда
    몇 얼마나 누가 언제
    """
)
"""Words that open a question, with a question mark or without."""

ASKING_INSIDE: Final = words("did do does")
"""Those that open a question even behind a comma."""

INTRODUCING: Final = words("that dass daß que що что")
"""Words that open a clause which the clause before speaks of."""

WONDERING: Final = words("whether wonder wondering wondered asked asks ob чи ли")
SUPPOSING: Final = words(
    "if suppose supposing imagine assuming unless wenn falls angenommen si supongamos якщо якби "
    "если 만약 만일"
)
"""Words that make a clause a supposition."""

REFERRING: Final = words(
    """
    them they those these it its their ones which whom thereof
    davon sie diese diesen deren denen ellos ellas estos estas esos esas cuales них вони ці цих вони
    они эти этих их 그것 그중 이들 그들
    """
)
"""Words that stand for what was named before."""

RELATIVES: Final = words(
    "that which who whom whose die welche que quien який яка яке які що который которая которые что"
)
"""Words that begin to tell more of a thing: what they deny is not the figure."""

STOPS: Final = words(
    """
    in for by from at on to into via and or but is are was were be been being will would has have
    had do does did dont doesnt didnt not can could may might must should went gone go goes going
    came come comes sent given shipped delivered per each every
    aus nach an für in im am sind ist war waren wurden hat haben zu
    a al en para por son fueron han ha se no
    до в у на для від є були було от для в на не было были
    """
)
"""Words that end the name of what a figure counts."""

LINKS: Final = words(
    """
    of with full all our my your his her a an the those these this that such them which who whom
    von mit voller davon der die das den dem des dieser diesen denen
    de del con todos los las el la ellos ellas estos estas
    з із с из всех усіх них цих этих
    """
)
"""Words that may stand before or inside the name of what is counted ("containers of …")."""

TOWARDS: Final = words("to into towards toward nach an a hacia до в у к для")
AWAY: Final = words("from out aus von de desde з із від из от")
"""Words before a country that something goes to, or comes from."""

NO_NEGATION_BEFORE: Final = words("doubt wonder kidding joke lie surprise question matter way")
"""Behind a "no" these affirm."""

ADVERBS: Final = words(
    """
    only just barely merely mere simply like maybe perhaps probably possibly apparently allegedly
    already still even also literally honestly basically actually totally really whopping nearly
    almost roughly around about some over under more less than at least up to as many much far
    currently now today reportedly clearly easily another further additional well over roughly
    of in with for by from at on a an the
    nur bloß etwa rund schon bereits sogar noch wohl fast mindestens
    solo sólo apenas ya unos unas casi tan todavía
    лише тільки вже майже близько ще приблизно аж всього
    только уже почти около ещё еще примерно всего аж
    겨우 단지 약 무려 이미
    """
)
"""Words that may stand between a clause's beginning and its figure and say nothing of it."""

SPEAKING: Final = words(
    "put puts expect expects expected reckons warned warns tracked detected spotted sees spoke "
    "speaks talks cited found erwartet rechnet espera calcula очікує ожидает"
)
"""Words that make the country before them a speaker."""

LEADING: Final = words("to by from laut von según por за по від от")
"""Words directly before a country that speaks ("according to", "reported by")."""

ACQUIRING: Final = words(
    "buy buys bought purchase purchases purchased acquire acquires acquired kaufte gekauft compró "
    "купила закупила 구매했다"
)
"""Words for getting something for money: of a figure they tell no more than that it was got."""

FIRST_PERSON: Final = words(
    "our my ours mine unser unsere unserer unseren mein meine nuestro nuestra nuestros nuestras mi "
    "mis наш наша наше наші наших мій моя мої наши мой мои 우리 저희"
)

POSSESSING: Final = words(
    "has have had owns own possesses holds boasts keeps besitzt tiene posee має имеет"
)

PERIODS: Final = {
    fold(word): unit
    for unit, listed in {
        "day": "day days daily täglich tag día diario diariamente день щодня добу сутки ежедневно "
        "하루 매일 하루에",
        "week": "week weeks weekly wöchentlich woche semana semanal тиждень щотижня неделю "
        "매주 일주일에",
        "month": "month months monthly monatlich monat mes mensual mensualmente місяць щомісяця "
        "месяц ежемесячно 매달 매월 한달에",
        "year": "year years yearly annually annual yr jahr jährlich año anual anualmente рік "
        "щороку щорічно год ежегодно 매년 연간 해마다",
    }.items()
    for word in listed.split()
}
"""Words for a span of time → the span."""

PER: Final = words("a an per each every pro im je al por cada на за в 당")
"""Words before a span of time that make a rate of an amount."""

RATE_ALONE: Final = words(
    "daily weekly monthly yearly annually annual täglich wöchentlich monatlich jährlich "
    "diariamente mensualmente anualmente щодня щотижня щомісяця щороку щорічно ежедневно "
    "ежемесячно ежегодно 하루 하루에 매일 매주 일주일에 매달 매월 한달에 매년 연간 해마다"
)
"""Words that make a rate of an amount by themselves."""
