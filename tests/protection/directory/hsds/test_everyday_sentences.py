"""What somebody in need may type, and what is offered first: in both languages, and as people text."""

from __future__ import annotations

import pytest

from palermo.protection.directory.queries.needs import calls, meant

FIRST = {
    "safe-place": [
        "stuck", "cold", "he wont let me leave", "im locked in a hotel room", "need to get out of here",
        "nowhere 2 go", "got kicked out", "where can i sleep tonite", "no winter coat", "i am hungry", "begging",
        "men's shelter", "im gay and got kicked out", "my girlfriend beats me", "our boss locks us in at night",
        "chum", "je suis pognée", "chu pognée icitte", "itinérance", "à la rue", "froid", "j'ai frette", "linge",
        "mendicité", "il me bat", "mon chum me frappe", "jpeux pas sortir", "il veut pas que je parte", "j'ai faim",
        "jsais pas où dormir à soir", "refuge pour hommes", "il m'a mis à porte", "j'ai peur de mon chum",
        "he will find me", "he found me", "he's looking for me", "il va me retrouver", "they keep me here",
        "he is holding me", "held against my will", "he locked the door", "he beets me", "havent eaten in 2 days",
        "un gars me retient", "ils me gardent ici", "la porte est barrée", "retenue contre mon gré",
        "jai pas le droit de sortir", "they want my kidney", "trafic d'organes", "he makes me sleep with men",
        "il veut me tuer", "j'ai peur de mourir", "je veux plus vivre avec lui", "i dont want to die",
        "phone charger", "i need socks", "brosse à dents", "foodbank", "habits", "chargeur",
    ],
    "talk": [
        "anxiety", "depression", "PTSD", "nightmares", "blackmail", "sextortion", "interpreter", "translation",
        "translator", "phone", "who can i call", "lonely", "i feel numb", "nobody believes me", "panic attacks",
        "i cut myself", "i hate myself", "im depressed", "sweat lodge", "healing ceremony", "i dont speak english",
        "cauchemars", "anxiété", "dépression", "sextorsion", "photos nues", "chantage", "interprète", "j'ai honte",
        "jsuis pu capable", "jfile pas", "je me sens sale", "j'ai des idées noires", "crise de panique", "j'en peux pu",
        "chu tannée de vivre", "jai besoin de jaser", "cercle de guérison", "je comprends pas le français",
        "i cant anymore", "I'm done", "988", "9-8-8",
        "i am deaf", "langue des signes", "parler à une femme",
    ],
    "lawyer": [
        "jail", "prison", "i signed a contract", "fines i cant pay", "peace bond", "can i get my record erased",
        "i got a summons", "how do i get a restraining order on my ex", "custody of my children",
        "avocat gratuit", "contraventions", "j'ai un casier", "je dois aller en cour", "garde de mes enfants",
        "lawer", "small claims", "petites créances", "traffic ticket", "charged with a crime", "restraining",
        "dossier judiciaire",
    ],
    "immigration": [
        "LMIA", "my employer has my passport", "closed work permit", "overstayed my visa", "no papers",
        "get a birth certificate", "lost my status card", "they said they will call immigration",
        "il garde mon passeport", "ils ont pris mes papiers", "permis fermé", "ils vont me déporter",
        "je veux rester au Canada", "jai perdu mon statut", "jai pas de papiers pis chu enceinte",
        "PRT", "TFW", "PTET", "PTAS", "SAWP", "passeport pris", "passeport confisqué", "work permit", "permis ouvert",
        "permis lié", "tied to my employer", "changer d'employeur", "i paid a smuggler", "clandestine",
        "refugee hearing",
    ],
    "doctor": [
        "HIV", "STI", "std", "morning after pill", "need plan b pill", "plan B", "alcohol", "fentanyl", "withdrawal",
        "missed my period", "im bleeding", "broken arm", "toothache", "he raped me", "i overdosed", "emergency",
        "VIH", "ITS", "pilule du lendemain", "alcool", "je saigne", "j'ai pas eu mes règles", "dépistage ITSS",
        "cocaïne", "mal de dents", "trop bu", "il m'a violée", "urgence", "je veux me faire avorter",
        "gyno", "accoucher", "échographie", "missed period", "sleeping pills", "lunettes", "en manque",
    ],
    "wages": [
        "boss didnt pay me", "no pay for 3 months", "i work 16 hours a day", "less than minimum wage", "i got fired",
        "he keeps my paycheque", "i never got my last cheque", "he opened loans in my name",
        "prêt", "prêt usuraire", "mon boss me paye pas", "pas payée depuis 2 mois", "il garde ma paye", "chômage",
        "mon patron me doit de l'argent", "aide sociale", "je travaille 80 heures par semaine",
        "boss keeps my pay", "no pay", "paid under the table", "t4", "meat plant", "no breaks", "recruitment fees",
        "heures sup", "au noir", "pas de pause", "abattoir", "saisonnier", "femme de chambre", "frais de recrutement",
        "labour trafficking",
    ],
    "leaving-sex-trade": [
        "he makes me see clients", "how do i get out of the game", "i dont want to do this anymore", "onlyfans",
        "sugar daddy", "work in a strip club", "i want to quit escorting but need money",
        "je fais des clients", "je danse dans un bar", "sortir de la rue", "jveux lacher les clients",
        "tattoo", "he tattooed me", "tatouée", "mon mac",
    ],
    "child": [
        "CAS took my kids", "someone is grooming my daughter online", "my son is being recruited by a gang", "diapers",
        "my kid sent a naked picture", "my 15 year old has an older boyfriend", "i ran away from my foster home",
        "DPJ", "la DPJ a pris mes enfants", "ma fille est en fugue", "on recrute ma fille sur snap", "centre jeunesse",
        "mon fils vend de la drogue", "couches pour bébé",
        "under 18", "im under 18", "I'm 15", "17 yo girl", "15yo", "i'm 12", "im 16 and scared", "my 5 year old",
        "le chum de ma mère me touche", "my moms boyfriend touches me", "mon beau-père me touche",
        "moins de 18 ans", "j'ai 12 ans", "j'ai seize ans", "15 ans",
        "cpe",
    ],
    "going-home": [
        "i want to go back to my rez", "want to go back to my community", "plane ticket to mexico",
        "bus home to thunder bay", "retourner chez nous", "retourner dans ma communauté",
        "billet d'autobus", "je veux rentrer au pays",
        "home country", "greyhound",
    ],
    "police": [
        "he is following me", "he put a gps on my car", "call 911", "tell the cops", "he tracks my phone",
        "flic", "SQ", "la sq", "spvm", "les boeufs", "mon ex me suit partout", "appeler la police", "porter plainte",
        "signaler un cas",
    ],
}  # fmt: skip
"""Sentences, by the need that is to be offered first."""
BESIDES = [
    ("il me bat", "police"), ("gun", "police"), ("he has a knife", "police"), ("il a un fusil", "police"),
    ("photos nues", "police"), ("he will post my nudes", "police"), ("instagram blackmail", "police"),
    ("chantage", "police"), ("sextortion", "police"), ("gang de rue", "police"), ("he raped me", "police"),
    ("j'ai été violée", "police"), ("he choked me", "doctor"), ("i have bruises", "doctor"), ("anxiety", "doctor"),
    ("dépression", "doctor"), ("cauchemars", "doctor"), ("PTSD", "doctor"), ("interpreter", "immigration"),
    ("interprète", "immigration"), ("i was injured at work", "wages"), ("food for my kids", "safe-place"),
    ("no money to go home", "going-home"), ("accident de travail", "doctor"),
    ("custody of my children", "child"), ("garde de mes enfants", "child"), ("ma fille a disparu", "police"),
    ("my cousin disappeared in winnipeg", "police"), ("he takes all my money", "leaving-sex-trade"),
    ("they make me do things with men", "leaving-sex-trade"), ("he makes me sleep with men", "leaving-sex-trade"),
    ("i have to sleep with his friends", "leaving-sex-trade"), ("jveux que ca arrete", "talk"),
    ("je dois coucher pour payer", "leaving-sex-trade"), ("they want my kidney", "doctor"),
    ("trafic d'organes", "police"), ("un gars me retient", "police"), ("he will find me", "police"),
    ("i dont want to be here anymore", "talk"), ("boss touching me", "wages"),
    ("boss touching me", "talk"), ("mon boss me touche", "police"),
    ("sex traficking", "leaving-sex-trade"), ("mon mari me bat et j'ai pas de statut", "immigration"),
    ("detention centre", "immigration"), ("detention centre", "lawyer"), ("remove tattoo", "leaving-sex-trade"),
    ("renvoyée dans mon pays", "going-home"), ("tattoo removal", "doctor"), ("drug trafficking", "police"),
    ("mon permis est lié à mon employeur", "immigration"), ("jai pas de papiers pis chu enceinte", "doctor"),
]  # fmt: skip
"""Sentences that also mean another need."""
CALLS_FOR_HELP = [
    "help", "HELP!!", "help me", "pls help me", "SOS", "help plz cant talk", "he took my phone", "victim",
    "aide", "aidez-moi", "aidez moi svp", "aide moi stp", "au secours", "à l'aide", "j'ai besoin d'aide", "secours",
]  # fmt: skip

OF_SUICIDE = [
    "i want to die", "kill myself", "je veux mourir", "me tuer", "i want to end it all", "help i wanna die", "suisidal",
    "hang myself", "i wish i was dead", "better off dead", "dont wanna live", "I don’t want to live anymore",
    "tired of living", "not worth living", "want to jump off a bridge", "i dont want to be here anymore", "988",
    "je veux plus vivre", "jveux pu vivre", "pu le gout de vivre", "je veux disparaître", "jveux crever", "me pendre",
    "j'ai essayé de me tuer", "je suis pu capable de vivre", "en finir", "il me bat et je veux mourir",
]  # fmt: skip
NOT_OF_SUICIDE = [
    "", "he will kill me", "il va me tuer", "il veut me tuer", "i dont want to die", "he wants me to die", "crevée",
    "j'ai peur de mourir", "mourir de faim", "je veux plus vivre avec lui", "dont want to live with him",
    "en finir avec lui", "en finir avec la prostitution", "my mother died", "live in caregiver", "ma fille a disparu",
    "i want to kill him", "i want to live in canada", "depressed", "jveux que ca arrete",
]  # fmt: skip


@pytest.mark.parametrize(("said", "code"), [(said, code) for code, each in FIRST.items() for said in each])
def test_a_sentence_leads_first_to_what_is_meant(said: str, code: str) -> None:
    assert [one["code"] for one in meant(said)][:1] == [code]


@pytest.mark.parametrize(("said", "code"), BESIDES)
def test_a_sentence_leads_also_to_what_else_is_meant(said: str, code: str) -> None:
    assert code in [one["code"] for one in meant(said)]


@pytest.mark.parametrize("said", CALLS_FOR_HELP)
def test_a_call_for_help_is_offered_safety_a_listener_and_the_police(said: str) -> None:
    assert [one["code"] for one in meant(said)] == ["safe-place", "talk", "police"]


@pytest.mark.parametrize(
    "said",
    ["trafficked", "traffic", "human trafficking", "trafiquée", "trafiquee", "trafiqué", "on m'a trafiquée", "trafic",
     "trafic de personnes", "victime de trafic", "trafic humain", "victime de la traite", "traite des personnes"],
)  # fmt: skip
def test_trafficking_by_any_word_leads_to_the_same_needs(said: str) -> None:
    assert [one["code"] for one in meant(said)] == ["safe-place", "talk", "leaving-sex-trade", "police"]


@pytest.mark.parametrize("said", OF_SUICIDE)
def test_who_thinks_of_dying_is_offered_somebody_to_talk_to_first_and_the_helpline(said: str) -> None:
    assert meant(said)[0]["code"] == "talk"
    assert [one["number"] for one in calls(said)] == ["911", "9-8-8", "1-833-900-1010"]


@pytest.mark.parametrize("said", [*NOT_OF_SUICIDE, *CALLS_FOR_HELP, *FIRST["wages"], *FIRST["lawyer"]])
def test_the_helpline_for_suicide_is_offered_to_nobody_else(said: str) -> None:
    assert [one["number"] for one in calls(said)] == ["911", "1-833-900-1010"]


@pytest.mark.parametrize("said", ["retenue contre mon gré", "jai pas le droit de sortir", "jveux que ca arrete"])
def test_what_only_sounds_like_money_or_a_court_means_neither(said: str) -> None:
    assert not {"wages", "lawyer"} & {one["code"] for one in meant(said)}


@pytest.mark.parametrize(
    "said",
    ["poisson", "books", "share", "changes", "i told him", "gold", "plan", "grand", "later", "petite", "femme",
     "passer", "changer", "source", "devenu", "hearing"],
)  # fmt: skip
def test_words_of_no_need_lead_nowhere_by_chance(said: str) -> None:
    assert meant(said) == []
