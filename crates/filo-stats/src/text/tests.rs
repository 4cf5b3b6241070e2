//! Published numbers, and our own texts against the reference that was computed beside.

use super::*;

const STOCK: [&str; 4] = [
    "Ciao Marco, solo per te il 20% di sconto su tutta la collezione! Scopri ora le novità. Clicca qui.",
    "Ciao Giulia, solo per te il 30% di sconto su tutta la collezione! Scopri ora le novità. Clicca qui.",
    "Ciao Luca, solo per te il 15% di sconto su tutte le scarpe! Scopri ora le novità. Clicca qui.",
    "Ciao Anna, solo per te il 25% di sconto su tutti gli accessori! Scopri subito le offerte. Clicca qui.",
];
const OWN: [&str; 4] = [
    "Ciao Marco, ieri è arrivato il caffè dell'Etiopia che avevi chiesto a Sara: te ne abbiamo messo da parte mezzo chilo.",
    "Giulia, il cappotto è pronto. Se passi entro sabato lo proviamo insieme con calma.",
    "Abbiamo chiuso il forno vecchio dopo trent'anni. Ti raccontiamo com'è andata, e domani il pane lo offriamo noi.",
    "Tre regole per non rovinare un maglione di lana (la seconda la sbagliano quasi tutti).",
];

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 5e-5, "{found} is not {expected}");
}

/// Wikipedia, "Flesch–Kincaid readability tests" (read 2026): 116.145, 69 and 37.5.
#[test]
fn flesch_gives_the_published_numbers() {
    for (text, expected) in [
        ("The cat sat on the mat.", 116.145),
        (
            "This sentence, taken as a reading passage unto itself, is being used to prove a point.",
            68.982,
        ),
        (
            "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
            37.455,
        ),
    ] {
        let found = flesch_reading_ease(&measure(text)).unwrap();
        assert!((found - expected).abs() < 0.01, "{text}: {found}");
    }
    assert_eq!(flesch_reading_ease(&measure("…")), None);
}

#[test]
fn gulpease_follows_the_formula() {
    for (text, words, letters, expected) in [
        (
            "La maglia è arrivata in ritardo. Il colore non è quello della foto, ma il negozio ha risposto subito e mi ha cambiato il prodotto senza spese.",
            27,
            113,
            69.3704,
        ),
        (
            "Gentile Cliente, La informiamo che il Suo ordine è stato spedito. Riceverà una comunicazione dal corriere entro ventiquattro ore lavorative.",
            20,
            118,
            60.0,
        ),
        (
            "Ciao! Il tuo caffè ti aspetta: oggi il decimo è gratis.",
            11,
            42,
            100.0,
        ),
        (
            "In considerazione delle disposizioni normative attualmente vigenti in materia di trattamento dei dati personali, si rende necessario procedere all'acquisizione del consenso esplicito dell'interessato.",
            25,
            174,
            31.4,
        ),
        ("Saldi. Solo oggi. Tutto al 50%.", 6, 22, 100.0),
    ] {
        let measured = measure(text);
        assert_eq!(
            (measured.words, measured.letters),
            (words, letters),
            "{text}"
        );
        near(gulpease(&measured).unwrap(), expected);
    }
    assert_eq!(gulpease(&measure(" … ")), None);
}

#[test]
fn sentences_end_where_a_reader_ends_them() {
    let text = "Apriamo alle 9.30! Costa 1.234 €. Davvero?! Sì…\nA presto";
    let expected = [
        "Apriamo alle 9.30!",
        "Costa 1.234 €.",
        "Davvero?!",
        "Sì…",
        "A presto",
    ];
    assert_eq!(sentences(text), expected);
}

#[test]
fn likeness_agrees_with_the_reference() {
    let pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];
    let stock_shingles = [0.733_945, 0.5, 0.299_32, 0.508_197, 0.297_297, 0.319_149];
    let stock_build = [1.0, 0.916_667, 0.875, 0.916_667, 0.875, 0.875];
    let own_shingles = [0.015_957, 0.028_436, 0.0, 0.005_525, 0.0, 0.0];
    for (at, (one, other)) in pairs.into_iter().enumerate() {
        near(
            shingle_overlap(STOCK[one], STOCK[other]),
            stock_shingles[at],
        );
        near(shingle_overlap(OWN[one], OWN[other]), own_shingles[at]);
        let built = skeleton_overlap(&skeleton(STOCK[one]), &skeleton(STOCK[other]));
        near(built, stock_build[at]);
    }
    let bones = skeleton(STOCK[3]).join(" ");
    assert_eq!(
        bones,
        "ciao N , solo per te il 0 % di w su tutti gli w ! N w le w . N qui ."
    );
}

#[test]
fn runs_of_words_agree_with_the_reference() {
    let check = |texts: [&str; 4], expected: [f64; 4]| {
        for at in 0..4 {
            let others: Vec<&str> = (0..4).filter(|i| *i != at).map(|i| texts[i]).collect();
            near(self_bleu(texts[at], &others).unwrap(), expected[at]);
        }
    };
    check(STOCK, [0.771_177, 0.771_177, 0.516_292, 0.326_783]);
    check(OWN, [0.061_981, 0.092_665, 0.066_537, 0.000_395]);
}

#[test]
fn what_is_the_same_is_wholly_alike_and_what_is_not_is_little() {
    let same = likeness(STOCK[0], STOCK[0]).unwrap().score();
    assert!((99.0..=100.0).contains(&same), "{same}");
    let stock = likeness(STOCK[0], STOCK[1]).unwrap().score();
    let own = likeness(OWN[0], OWN[1]).unwrap().score();
    assert!(stock > 70.0 && own < 15.0, "{stock} {own}");
    let turned = likeness(STOCK[1], STOCK[0]).unwrap().score();
    assert!((stock - turned).abs() < 1e-9);
    assert_eq!(likeness("…", STOCK[0]), None);
}
