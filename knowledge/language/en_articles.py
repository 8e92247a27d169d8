"""English as articles are written in it: who is said to assert what, and how surely."""

from typing import Final

from knowledge.language.articles import ArticleWords
from knowledge.language.language import words

ENGLISH_ARTICLES: Final = ArticleWords(
    saying=words(
        """
    say says said saying tell tells told telling report reports reported reporting announce
    announces announced announcing estimate estimates estimated estimating claim claims claimed
    claiming reveal reveals revealed note notes noted noting add adds added adding explain explains
    explained warn warns warned warning believe believes believed expect expects expected
    anticipate anticipates anticipated forecast forecasts forecasting predict predicts predicted
    predicting project projects projected projecting put puts putting confirm confirms confirmed
    confirming state states stated stating argue argues argued conclude concludes concluded find
    finds found finding show shows showed shown showing suggest suggests suggested suggesting
    indicate indicates indicated indicating calculate calculates calculated calculating reckon
    reckons reckoned allege alleges alleged alleging accuse accuses accused assert asserts asserted
    acknowledge acknowledges acknowledged admit admits admitted insist insists insisted write wrote
    writes disclose discloses disclosed record recorded records count counts counted counting
    declare declares declared testify testified testifies think thinks thought promise promises
    answer answers answered answering reply replies replied replying counter counters countered
    respond responds responded concede concedes conceded maintain maintains maintained contend
    contends contended caution cautions cautioned stress stresses stressed emphasise emphasised
    emphasize emphasized recall recalled remark remarked comment commented observe observes
    observed describe describes described mention mentions mentioned measure measures measured
    register registers registered speak speaks spoke spoken sees see value values valued rate rates
    rated promised pledge pledges pledged upped raised revised increased lowered upgraded
    downgraded assess assesses assessed identify identified identifies tweeted posted quote quotes
    quoted cite cites cited hope hopes hoped plan plans planned detail details detailed list lists
    listed document documents documented
    """
    ),
    strong=words(
        """
  say says said saying report reports reported announce announces announced
  estimate estimates estimated claim claims claimed reveal reveals revealed note notes noted add
  answered replied countered responded conceded cautioned stressed recalled commented adds added
  explain explains explained warn warns warned believe believes believed confirm confirms
  confirmed state states stated argue argues argued conclude concludes concluded assert asserts
  asserted write wrote writes indicate indicates suggest suggests show shows showed
  """
    ),
    measuring=words(
        """
    answer answers answered register registers registered measure measures measured count
    counts counted record recorded records list lists listed document documented gave gives
    give
    """
    ),
    also_nouns=words(
        """
    report reports claim claims estimate estimates forecast forecasts state states project
    projects plan plans note notes count counts record records list lists document documents
    finding findings warning saying reporting hope hopes detail details show shows find cite
    put puts promise promises pledge pledges quote quotes answer answers reply counter stress
    comment comments measure measures register registers value values rate rates mention
    mentions
    """
    ),
    refusing=words(
        """
    deny denies denied denying dismiss dismissed dismisses dismissing reject rejects rejected
    rejecting dispute disputes disputed disputing
    """
    ),
    being=words("is are was were be been being"),
    helpers=words(
        """
    has have had also later already recently earlier then now still again since once both
    first would will may might can could did does do today yesterday further even just only
    not
    """
    ),
    determiners=words(
        """
    a an the this that these those its his her their our my your some any no each every
    another several many most more all both such one two three four five
    """
    ),
    articles=words("a an the"),
    indefinite=words("a an one some another several many most"),
    prepositions=words(
        """
    of in on at by for from to with into over under about against between among during through
    after before since until per as than via despite without within around across including
    near behind beyond amid following according
    """
    ),
    subordinators=words(
        """
    that because while although though but if when where whether unless whereas which who whom
    whose how why what so and or as
    """
    ),
    relatives=words("that which who"),
    pronouns={
        "he": "person",
        "she": "person",
        "it": "body",
        "they": "any",
        "we": "we",
        "i": "we",
    },
    titles=words(
        """
    mr mrs ms miss dr prof professor sir dame lord lady gen general maj major lt lieutenant col
    colonel capt captain sgt brig brigadier admiral adm cmdr commander marshal minister president
    premier chancellor secretary senator sen rep representative congressman congresswoman governor
    gov mayor councillor councilman councilwoman ambassador judge justice chief director chairman
    chairwoman chairperson chair ceo cfo cto officer spokesman spokeswoman spokesperson
    commissioner deputy vice prime undersecretary inspector superintendent sheriff king queen
    prince princess pope bishop archbishop cardinal imam rabbi reverend pastor founder co-founder
    manager head analyst economist professor scientist researcher engineer politician lawmaker mp
    journalist correspondent reporter author editor activist campaigner lawyer attorney
    epidemiologist historian ecologist biologist geologist physicist astronomer statistician
    demographer hydrologist meteorologist climatologist executive controller curator coordinator
    organiser organizer leader co-author
    """
    ),
    speakers=words(
        """
    official officials minister ministers ministry spokesman spokeswoman spokesperson spokespeople
    government governments police authorities authority agency agencies company companies firm
    firms team teams union unions bank banks institute institution institutions university council
    councils committee commission panel court department office bureau service services operator
    operators developer developers military army navy spies spy agents officers officer analyst
    analysts expert experts researcher researchers scientist scientists author authors economist
    economists lawmaker lawmakers politician politicians campaigner campaigners activist activists
    critic critics source sources witness witnesses resident residents charity charities regulator
    regulators watchdog auditor auditors inspector inspectors group groups coalition association
    federation organisation organisations organization organizations foundation body parliament
    president mayor governor secretary chief director chairman chairwoman executive executives
    professor lawyer lawyers outlet outlets newspaper newspapers broadcaster magazine media press
    intelligence publisher think-tank thinktank consultancy consultants insurer insurers
    manufacturer manufacturers maker makers supplier suppliers airline utility hospital doctors
    doctor nurses farmers fishermen engineers engineer prosecutors investigators historians
    historian diplomats diplomat commander commanders general generals colleagues leaders leader
    representative representatives delegation observers surveyors statisticians board management
    owner owners organisers organizers trust museum laboratory observatory city borough county
    region state district nation nations country countries senator senators spokespersons campaign
    people person insiders volunteers testers society centre center
    """
    ),
    evidence=words(
        """
    report reports study studies survey surveys poll polls data figures statistics estimate
    estimates estimation estimations analysis analyses imagery images photographs pictures
    documents document records record statement statements review research paper papers article
    forecast forecasts projection projections model models filing filings census assessment
    assessments calculation calculations count counts tally register audit inquiry investigation
    bulletin remarks comments letter memo release notice update briefing interview testimony
    findings test tests trial trials slide slides email emails chart evidence publication dataset
    inventory announcement spokesperson results accounts numbers
        scenario outlook index database website claim claims
        """
    ),
    bodies=words(
        """
    ministry department agency service services institute institution university college school
    bank association federation union council committee commission office organisation organization
    company corporation corp inc ltd plc llc gmbh ag group party board authority bureau centre
    center foundation society trust fund laboratory laboratories lab network alliance
    administration directorate police army navy force forces command court parliament congress
    senate assembly house nations news times post press journal herald tribune guardian magazine
    newsweek reuters bloomberg watch international partners consulting capital research group's
    review survey observatory museum hospital airlines airways railways rail network motors energy
    power water industries technologies systems solutions pharmaceuticals health programme program
    project initiative coalition league club chamber confederation secretariat registry treasury
    exchange cabinet embassy mission academy consortium campaign action greenpeace oxfam unicef
    staff
    """
    ),
    with_article=words(
        """
        agency service services office department ministry council committee commission association
        organisation organization institute union court board government police bureau authority
        centre center administration party review federation army navy directorate network society
        """
    ),
    outlets=words(
        """
    time reuters bloomberg newsweek yonhap interfax xinhua tass afp ap bbc cnn cnbc npr pbs abc cbs
    nbc itv sky guardian telegraph economist spiegel bild zeit monde figaro kyodo ansa dpa pti
    politico axios vox wired forbes fortune rfa rferl facebook twitter telegram youtube linkedin
    whatsapp
    """
    ),
    outlet_words=words(
        """
    news times post press journal herald tribune gazette chronicle observer daily weekly magazine
    radio television tv broadcasting newspaper newspapers broadcaster outlet media echo courier
    standard mirror mail express sun independent star dispatch bulletin evening morning wire
    """
    ),
    listeners=words(
        """
    reporters journalists parliament lawmakers investors analysts members delegates residents
    us me him her them people shareholders colleagues councillors voters
    """
    ),
    kinds=tuple(
        words(line)
        for line in """
    intelligence spy spies agents spooks
    military army defence defense armed soldiers troops generals general forces command
    police officers force constable
    government cabinet ministry minister administration officials official authorities secretary
    company firm corporation manufacturer maker developer operator business supplier ltd inc plc
    researchers scientists study authors team university institute paper professor research
    bank lender
    charity campaigners campaign group activists foundation
    union workers federation
    lawmaker politician parliament senator mp
    council city mayor borough councillors
    agency watchdog regulator authority office commission bureau
    report review audit inquiry committee panel
    """.strip().splitlines()
    ),
    forecasting=words(
        """
    will expect expects expected expecting anticipate anticipates anticipated forecast forecasts
    forecasting predict predicts predicted predicting project projects projected projecting
    projection plan plans planned planning due upcoming ahead target targets aims aim pledge
    pledges pledged promise promises promised scheduled
    """
    ),
    possible=words(
        """
    could may might possibly perhaps potentially conceivably theoretically
    """
    ),
    suspected=words(
        """
    suspect suspects suspected suspicion suspicions investigate investigates investigated
    investigating probe probing
    """
    ),
    rising=words(
        """
    rise rises rose risen rising climb climbs climbed climbing grow grows grew grown growing
    increase increases increased increasing push pushes pushed pushing raise raises raised raising
    jump jumps jumped jumping go goes went gone soar soared soaring double doubled balloon
    ballooned bring brings brought bringing take takes took taken upped swell swelled swollen widen
    widened fall falls fell fallen falling drop drops dropped dropping decline declines declined
    declining shrink shrank shrunk shrinking cut cuts reduce reduced reduces lowered slipped dipped
    revised edged surged leapt moved add adds added amount amounts amounted
    """
    ),
    no_figure_before=words(
        """
    article articles section sections page pages chapter phase phases resolution route line flight
    no number version series stage level type class room top part volume grade platform terminal
    junction highway road unit block figure table act clause protocol step episode season model
    gate pier lot channel round day agenda covid apollo formula boeing airbus group gate zone area
    """
    ),
    no_count_after=words("other others sides side days times hand way ways"),
    definite=words("the these those both its their his her our which whose all that this"),
    large_vague=words(
        """
    million millions billion billions trillion trillions thousand thousands hundreds dozens
    hundred dozen scores tens
    """
    ),
    made=words(
        """
    made built manufactured produced date dating dates dated constructed fabricated
    """
    ),
    spans_before=words(
        """
    over in within for during after before the last past next every per than about around
    nearly almost since roughly first previous coming following another
    """
    ),
    spans_after=words(
        """
    ago later earlier after before old following since into from apart late early behind ahead
    on sooner running
    """
    ),
    abbreviations=words(
        """
    mr mrs ms dr prof gen maj lt col sgt capt adm brig cmdr sen rep gov st no vs inc ltd co corp
    jan feb mar apr jun jul aug sep sept oct nov dec approx est fig e.g i.e u.s u.k u.n a.m p.m ave
    blvd rev hon jr sr dept
    """
    ),
    published=(
        r"originally published (?:by|in) (?:the )?(?P<who>[A-Z][\w&.' -]*?)(?= and|[.,]|$)",
        r"by the (?:team|staff|editors) (?:of|at) (?P<who>[A-Z][\w&.' -]*?)[.]?$",
        r"[Ff]ollow (?P<who>[A-Z][\w&.' -]*?) on (?:Google|Twitter|Facebook|X|Telegram|LinkedIn)\b",
        r"^(?:Source|Publisher|Published by|From): *(?P<who>[A-Z][\w&.' -]{2,60})$",
        r"(?:©|[Cc]opyright) *(?:\d{4})?,? *(?P<who>[A-Z][\w&.' -]{2,60}?)[.]?(?: All rights.*)?$",
        r"^[A-Z][\w .,'-]{2,40}\((?P<who>[A-Z][\w&.' -]{1,40})\) *[-–—]",
        r"^(?P<who>[A-Z][\w&.' -]{2,30}?) (?:campaign |press |news )*"  # noqa: ISC004
        r"(?:update|newsletter|office|bulletin|briefing)\b(?=,? \w* ?\d{4}|$)",
        r"^(?:[A-Z]\w+ )?[Bb]y [A-Z][\w.' -]+ (?:for|in) (?P<who>[A-Z][\w&.' -]{2,40})(?=,|$)",
        r"^(?P<who>[A-Z][\w&.' -]{2,40}?) \| ",
        r"^(?P<who>[A-Z][\w&.' -]{2,40}) [Ss]taff(?: [Ww]riters?| [Rr]eporters?)?$",
    ),
    not_a_title=(
        r"\boriginally (?:published|appeared)\b|\breprinted\b|^breaking\b|^by [A-Z]|^photo\b|"
        r"^follow\b|^share\b|^updated?\b|^published\b|^posted\b|^advertisement\b|^source\b|"
        r"^read (?:more|also)\b|^(?:press|news|media) release$|^for immediate release|^embargoed"
    ),
    post_nominals=words(
        """
    mp mhk msp mep ms td tm cbe obe mbe kbe qc kc phd md jr sr esq fba frs am
    """
    ),
    company=words(
        """
    company firm agency operator charity group organisation organization outlet newspaper
    union association consultancy contractor developer supplier manufacturer maker bank
    institute broadcaster regulator watchdog team think-tank party utility magazine
    """
    ),
    doers=("ers", "ors", "ists", "ians", "eers"),
    owners={
        "its": "body",
        "his": "person",
        "her": "person",
        "their": "any",
        "our": "we",
        "my": "we",
    },
    pointing=words("the this that these those its their his her"),
    name_links=words("of for and & the de van von al bin la on"),
    belonging=words("of at for from by with in"),
    produced=words(
        """
    published issued compiled produced written prepared conducted released commissioned made
    collected gathered
    """
    ),
    carrying=words("quoted cited reported carried"),
    carried_to=words(
        """
    interview speaking disclosed statement remarks comments spoke talking briefing quoted
    posted
    """
    ),
    giving=words(
        """
    provide provides provided issue issued release released publish published publishes cite
    cited
    """
    ),
    naming=words("give gives gave"),
    participles=words(
        """
    disclosed released published posted issued quoted cited recorded documented listed counted
    detailed identified
    """
    ),
    plurals=words("they we i you police people who that data media"),
    aware=words("familiar close present involved"),
    expecting=words(
        """
    expects expect expected anticipates anticipated forecast forecasts predicts predicted
    projects projected plans planned pledges pledged promises promised
    """
    ),
    exceeding=words(
        """
    exceed exceeds exceeded exceeding surpass surpasses surpassed surpassing topped topping
    passed
    """
    ),
    away_from=words(
        """
    north south east west northeast northwest southeast southwest away outside off from north-
    east north-west south-east south-west upstream downstream
    """
    ),
    closing=words("in on at during to last earlier according reporters after"),
)
