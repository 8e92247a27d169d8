"""Speech: which words of a question only talk, and which turn it to something else."""

from collections.abc import Sequence
from functools import cache, lru_cache

import stopwordsiso
from rapidfuzz import fuzz, process

from knowledge.language.words import Word, fold, stem

_SHORTEST_SLIP = 7
_SLIP_CUTOFF = 85.0
_LATIN_LANGUAGES = ("en", "de", "es")

_SPEECH = {
    "en": """
    actual actually amount anyone anybody article articles ask asked available bit claim claimed
    claiming claims confirm confirmed count counted counts current currently data database date
    detail details dept dont ever evidence exact exactly explain fact facts figure figures file
    find gave general give gimme given guess guys happen happened hear heard hey hi how idea
    info information kind know known last late later latest let like list lol look main many
    matter max maximum mean mention mentioned min minimum most much need nah new news newest nr
    num number numbers ok okay omg overall people please plz pls put quick quantity quickly
    quote quoted rather read real really reckon record records recent recently report reported
    reportedly reporter reporters reports right rn said say saying says show side so source
    sources stand stats state stated statement supposedly sure talk talked tell thanks thing
    things think thought thx till today told total true truth try type types u understand update
    updated upd ur use value want wanna way well whats what who whos whose why wonder word words
    wrong wtf yet yo btw imo tbh asap fyi dunno approx approximately estimate estimated
    estimates estimation highest lowest biggest smallest
    arrive arrived bring brought came carried carry come comes coming flow flowed flowing flown get
    getting gets go goes going gone got gotten hold holds left made make makes move moved
    moving reach
    reached receive received receives show shown take taken takes took went whole part large small
    expected expect reasonably roughly currently
    """,
    "de": """
    anzahl zahl zahlen wie viel viele wieviel wieviele menge hoch gross höhe bisher laut sagt sagte
    gibt bericht berichte berichten bekannt schätzung schätzungen geschätzt aktuell aktuelle neueste
    letzte insgesamt überhaupt wurden wurde haben hat sind quelle quellen stimmt wirklich stand
    ging gingen gehen kam kamen bekam bekommen bekommt erhielt erhielten erhalten gab gegeben gibt
    brachte brachten gebracht fuhr genommen nimmt davon denn eigentlich schon jemals teil
    """,
    "es": """
    numero número cantidad cuanto cuánto cuantos cuántos cuanta cuánta cuantas cuántas dice dijo
    según estimación estimaciones cifra cifras total ultima última último últimos dato datos fuente
    fuentes verdad realmente hay han ha qué cuál cuáles quién fueron sobre
    fueron llegó llegaron llega recibió recibieron recibe dio dieron da llevó tiene tienen hubo
    parte cuáles desde cómo
    """,
    "uk": """
    скільки кількість число цифра цифри дані оцінка оцінки остання останні всього загалом правда
    справді чи хто що коли який яка яке які якого яких скажи каже кажуть відомо було було від для
    джерело джерела
    отримала отримав отримали отримує надійшло надійшли прибуло прибули дала дали дав має
    мають пішло
    які яку цього там
    """,
    "ru": """
    сколько количество число цифра цифры данные оценка оценки последняя последние всего правда
    правда действительно ли кто что когда какой какая какое какие скажи говорят известно было были
    источник источники
    получила получил получили получает пришло прибыло прибыли дала дал дали имеет пошло ушло ушли
    какую этого там идут
    """,
    "ko": """
    몇 얼마 얼마나 수 개 발 명 총 추정 추정치 최신 최근 현재 누가 언제 무엇 뭐 어느 어떤 수치 자료
    출처 정도 규모 현황 알려줘 알려진 했나 하나 인가 입니까 있나 보도 발표 주장 사실 정말 것 중 몇개
    갔 왔 받 받았 줬 들어갔 간 온 보낸 보냈 있는 있습니까 되나 되는
    """,
}
"""How people talk about any figure: words that say nothing of what is being asked about."""

_MEANINGFUL = frozenset(
    """
    big cup home invention long old older open order poor world young work working works year
    years yearly month monthly production system room money cost price million thousand killed
    dead downing back backed return returned sent send get got received receive accuracy stop
    stopped begin beginning began start started member members area sea hit shed shell
    """.split()
)
"""Words on the stop lists that carry meaning in a question about facts.

Some stand there by accident: contractions without their apostrophe ("she'll", "he'd"), and
words of another language.
"""


_TURNING = """
    abroad age aged army bankrupt born budget buy bought capital captured casualties casualty cheap
    coffin cost costs currency dead death deaths debt deserted deserter destroy destroyed die died
    dies economy election employ employed exchange expensive export exports famine fired gdp height
    hostage import injured injuries kill killed killing kills lose losing losses lost married
    mining owe own owned owns paid pay payment pays population price prices prisoner prisoners
    profit pow pows president purchase rent revenue salary sell sells shot sold starved stock stole
    stolen surrendered tall temperature trade value victims wage wages war wars weather weigh weight
    win winner wins won worth wounded
    gefallen gefallene getötet gekostet kosten kostet preis verlust verluste verwundet tote toten
    gestorben besitzt einwohner bevölkerung
    muertos muerto murieron bajas heridos precio cuesta costo población perdió perdidas
    вбито вбиті втрати втратила загинули загинуло загиблих поранено поранених коштує ціна вартість
    убито убиты потери потеряла погибли погибло погибших ранено раненых стоит цена стоимость
    사망 전사 부상 사상자 가격 비용 인구 손실
"""
"""Words that turn a question to losses, money, possession or persons: where a topic does not
hold them, the question is about something else, however well the rest fits."""


@cache
def _speech(language: str) -> frozenset[str]:
    listed = {fold(word) for word in stopwordsiso.stopwords(language)} - _MEANINGFUL
    return frozenset(listed | {fold(word) for word in _SPEECH[language].split()})


def languages_of(words: Sequence[Word]) -> tuple[str, ...]:
    """Guess the language of a text by its script, and by how much of it is plain speech.

    Cyrillic is read as Ukrainian and Russian alike: their function words do not collide.
    """
    letters = [word.text[0] for word in words]
    if any("가" <= letter <= "힣" for letter in letters):
        return ("ko", "en")
    if any("а" <= letter <= "ӿ" for letter in letters):
        return ("uk", "ru", "en")
    hits = {
        language: sum(word.text in _speech(language) for word in words)
        for language in _LATIN_LANGUAGES
    }
    best = max(_LATIN_LANGUAGES, key=lambda language: hits[language])
    return (best,) if best == "en" or hits[best] == hits["en"] else (best, "en")


def is_speech(word: Word, languages: Sequence[str] = ("en",)) -> bool:
    """Whether a word belongs to talking as such and names no subject."""
    if "ko" in languages and any(word.text[:end] in _speech("ko") for end in range(1, 5)):
        return True
    return word.text.isdigit() or any(word.text in _speech(one) for one in languages)


@lru_cache(maxsize=4096)
def is_slip(text: str) -> bool:
    """Whether a long word that nothing else explains is misspelt speech ("beetween")."""
    if len(text) < _SHORTEST_SLIP or not text.isascii():
        return False
    best = process.extractOne(text, _speech("en"), scorer=fuzz.ratio, score_cutoff=_SLIP_CUTOFF)
    return best is not None and best[0][0] == text[0] and len(best[0]) >= _SHORTEST_SLIP - 1


@cache
def _turning_stems() -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in _TURNING.split())


def turns(word: Word) -> bool:
    """Whether a word turns a question to something else than the thing it names."""
    if "가" <= word.text[0] <= "힣":
        return any(word.text[:end] in _turning_stems() for end in range(2, 5))
    return word.stem in _turning_stems()
