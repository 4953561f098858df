"""Common given names by gender, and words that tell a place or a body from a person."""

from __future__ import annotations

from service.languages.lists import words

FEMALE_NAMES = words(
    "aisha alice alicia alison amanda amelia amina amy ana andrea angela anita ann anna anne annette anya ariana "
    "barbara beatrice bernadette beth bianca bridget brenda camila carla carly carmen carol carolina caroline "
    "catherine cecilia charlotte chloe christina christine cindy claire clara claudia daniela deborah "
    "denise diana diane dolores donna doris dorothy edith eileen elaine elena eleanor elisabeth elizabeth ella "
    "ellen emily emma erica erin esther eva evelyn fatima fiona florence frances gabriela georgia gina "
    "gloria grace greta hannah harriet heather heidi helen helena hillary ines ingrid irene iris isabel "
    "isabella ivanka jacqueline jane janet janice jean jennifer jenny jessica jill joan joanna jo josephine joyce "
    "judith judy julia julie karen karin kate katherine kathleen kathryn katie kellyanne kimberly kirsten "
    "kristin laura lauren leila lena leticia lillian linda lisa liz lorraine louise lucia lucy lydia madeleine "
    "margaret maria marianne marie marina marion martha mary maureen megan melania melanie melissa mercedes "
    "michelle miriam molly monica nadia nancy naomi natalie natasha nicola nicole nina nora olga olivia pamela "
    "patricia paula pauline peggy petra priya rachel rebecca renee rita rosa rose ruth sabine sally samantha "
    "sandra sara sarah sharon sheila shirley silvia simone sofia sonia sophia sophie stella stephanie "
    "susan susanne suzanne svetlana sylvia tamara tanya tatiana teresa theresa tina tracy ursula valentina valerie "
    "vanessa vera veronica victoria virginia vivian wendy yasmin yolanda yvonne zoe"
)

MALE_NAMES = words(
    "alec alfonso alvin amir antoine ari armando arturo "
    "aaron abdul abdullah abraham adam ahmed alan albert alberto alejandro aleksandr alexander alfred ali "
    "allen andre andreas andrei andres andrew angus anthony anton antonio arnold arthur barack barry ben benjamin "
    "bernard bernie bill bob boris brad brandon brendan brent brett brian bruce bryan calvin carl carlos cecil "
    "charles charlie christopher chuck claude clifford colin craig dale daniel darren dave david dean dennis "
    "derek dieter dmitri dmitry dominic don donald douglas duncan dwight earl eddie edgar eduardo edward edwin "
    "elliot emmanuel enrique eric ernest eugene felix fernando francis francisco francois frank franklin fred "
    "frederick gareth gary gavin geoffrey george gerald gerard giovanni glenn gordon graham greg gregory guido "
    "gunther gustavo guy hans harold harry hassan heinrich henri henry herbert herman howard hugh hussein ian "
    "ibrahim igor ivan jack jacob jacques jaime jake james jamie jared jason javier jeff jeffrey jeremy jerome "
    "jerry jesus jim jimmy joao joe joel john johnny jonathan jorge jose joseph joshua juan juergen julian "
    "julius justin karl keith ken kenneth kevin kurt kyle larry lars laurence lawrence lee leon leonard leonid "
    "lewis lindsey lloyd louis luca luigi luis luke manuel marc marcel marco marcus mario mark martin marvin matt "
    "matthew maurice max michael miguel mikhail mike mitch mohamed mohammad mohammed muhammad narendra nathan neil "
    "nicholas nick nigel nikolai norman oleg oliver omar oscar otto owen pablo patrick paul pedro per peter phil "
    "philip philippe pierre rafael ralph ramon randy raul ray raymond ricardo richard rick robert roberto robin "
    "rodney roger roland ron ronald ross roy rudy rupert russell ryan salman samuel scott sean sebastian "
    "sergei sergey seth shane simon stanley stefan stephen steve steven stuart ted terence terry theodore "
    "thomas tim timothy toby todd tom tommy tony travis trevor tyler vernon victor viktor vincent vladimir wade "
    "walter warren wayne wesley wilfred will william winston wolfgang xavier yuri yury yusuf zachary"
)

BODIES = words(
    "u.s u.k u.n"
    "agency airlines airport alliance army assembly association authority bank board brothers bureau cabinet center "
    "centre chamber church city club coalition college commission committee company conference congress "
    "corporation corp council county court daily defense democratic department democrats district embassy estate "
    "federation force forces forum foundation friends front fund gazette global government group guard "
    "herald hospital hotel house inc industries institute international journal kremlin laboratory league "
    "library limited llc ltd magazine management media ministry mission mountain museum nations navy network news "
    "office organisation organization organisation parliament park party pentagon plc police post press "
    "project programme program republic republican republicans research river road sea security school senate "
    "service services society state states street strip studio supreme systems task telegraph times "
    "tower treasury tribunal tribune trust union united university valley week white workers "
    "north south east west new san los las saint st fort port lake mount cape great european american british "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december"
)
"""A run of capitals with one of these words is a body, a place or a day, not a person."""

BODY_SURNAMES = words(
    "church court park post press road street white north south east west lake guard valley"
)
"""Words of BODIES that are surnames as well: behind a given name they make a person."""

PARTICLES = words("de del della di da dos van von der den al el bin ibn la le ten ter abu ben")
"""Small words inside a name."""

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})

NEVER_NAMES = words(
    "the a an in on at by for from to of and but or if as it its he she they we i you that this these those "
    "when while after before since because although though what who which where how why there here not no yes "
    "so then now also with without under over about into during between among against his her their our my your "
    "is are was were be been has have had do does did will would can could may might must should more most some "
    "any all each every both either neither many few several one two three four five six seven eight nine ten "
    "first second third last next other another such only just even still yet however meanwhile instead "
    "maybe perhaps immediately whether whatever whoever if unless given having being following speaking noting thus "
    "hence indeed besides moreover furthermore finally obviously clearly apparently certainly sadly fortunately "
    "unfortunately recently previously currently additionally similarly ultimately initially eventually probably "
    "possibly basically frankly honestly interestingly surprisingly perhaps ever never almost quite rather "
    "according asked today yesterday tomorrow earlier later once until unlike like despite amid nearly"
)
"""Words that carry a capital only because a sentence begins."""
