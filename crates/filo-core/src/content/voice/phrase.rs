//! Phrases that everybody uses, promises that nobody can keep, and talk of what one knows of
//! people instead of what happened. Gathered by us from the mails of shops, in our own choice.

use super::{Looking, Rule};

/// A phrase to look out for.
#[derive(Debug, Clone, Copy)]
pub struct Stock {
    /// In small letters.
    pub phrase: &'static str,
    /// What it is.
    pub rule: Rule,
    /// What could be said instead; empty if only they know.
    pub instead: &'static str,
}

const fn stock(phrase: &'static str, instead: &'static str) -> Stock {
    Stock {
        phrase,
        rule: Rule::Stock,
        instead,
    }
}

const fn is(rule: Rule, phrase: &'static str, instead: &'static str) -> Stock {
    Stock {
        phrase,
        rule,
        instead,
    }
}

/// All of them; the longer before the shorter that it holds.
pub const STOCK: &[Stock] = &[
    stock("scopri subito le novità", "di’ qual è la novità"),
    stock("scopri ora le novità", "di’ qual è la novità"),
    stock("scopri di più", "di’ che cosa si trova: «Leggi la ricetta»"),
    stock("scopri le offerte", "di’ quale offerta"),
    stock("clicca qui", "di’ dove porta: «Guarda il carrello»"),
    stock("solo per te", "di’ perché proprio a questa persona"),
    stock("non perdere questa occasione", ""),
    stock("non perdere l’occasione", ""),
    stock("non perdere l'occasione", ""),
    stock("non lasciartelo scappare", ""),
    stock("non lasciarti scappare", ""),
    stock("cosa aspetti", ""),
    stock("che cosa aspetti", ""),
    stock("affrettati", "di’ fino a quando"),
    stock("offerta imperdibile", "di’ quanto si risparmia"),
    stock("imperdibile", ""),
    stock("offerta esclusiva", "di’ a chi è riservata"),
    stock("approfittane subito", "di’ fino a quando"),
    stock("approfittane ora", "di’ fino a quando"),
    stock("ci manchi", "di’ che cosa è cambiato da allora"),
    stock("ci sei mancato", "di’ che cosa è cambiato da allora"),
    stock("ci sei mancata", "di’ che cosa è cambiato da allora"),
    stock("un pensiero per te", "di’ quale"),
    stock("abbiamo una sorpresa per te", "di’ qual è"),
    stock("una sorpresa ti aspetta", "di’ qual è"),
    stock("benvenuto nella famiglia", ""),
    stock("benvenuta nella famiglia", ""),
    stock("entra nella nostra family", ""),
    stock("caro cliente", "usa il nome"),
    stock("gentile cliente", "usa il nome"),
    stock("cari amici", ""),
    stock("spero che questa mail ti trovi bene", ""),
    stock(
        "hai dimenticato qualcosa",
        "di’ che cosa è rimasto nel carrello",
    ),
    stock("il tuo carrello ti aspetta", "di’ che cosa c’è dentro"),
    stock("in un mondo sempre più", ""),
    stock("a 360 gradi", ""),
    stock("a 360°", ""),
    stock("leader nel settore", "di’ da quanti anni e che cosa fate"),
    stock("esperienza unica", "di’ che cosa succede"),
    stock("passione e qualità", "di’ che cosa fate e come"),
    stock("scopri la nuova collezione", "di’ che cosa c’è di nuovo"),
    stock("tutta la collezione", ""),
    stock("click here", "say where it leads: “See your basket”"),
    stock("learn more", "say what they will find"),
    stock("don’t miss out", ""),
    stock("don't miss out", ""),
    stock("just for you", "say why this person"),
    stock("last chance", "say until when"),
    stock("hurry up", "say until when"),
    stock("act now", "say until when"),
    stock("limited time only", "say until when"),
    stock("exclusive offer", "say who it is for"),
    stock("we miss you", "say what has changed since"),
    stock("we’ve missed you", "say what has changed since"),
    stock("you left something behind", "say what is in the basket"),
    stock("forgot something", "say what is in the basket"),
    stock("treat yourself", ""),
    stock("dear customer", "use the name"),
    stock("valued customer", "use the name"),
    stock("i hope this email finds you well", ""),
    stock("welcome to the family", ""),
    stock("game changer", ""),
    stock("unlock your", ""),
    stock("discover our new collection", "say what is new"),
    stock("too good to miss", ""),
    is(
        Rule::Promise,
        "soddisfatti o rimborsati",
        "di’ quanti giorni e come si rende",
    ),
    is(
        Rule::Promise,
        "garantito al 100",
        "di’ che cosa fate se va storto",
    ),
    is(Rule::Promise, "garantito", "di’ che cosa fate se va storto"),
    is(Rule::Promise, "garantita", "di’ che cosa fate se va storto"),
    is(
        Rule::Promise,
        "garantiamo",
        "di’ che cosa fate se va storto",
    ),
    is(Rule::Promise, "senza rischi", ""),
    is(Rule::Promise, "per sempre", "di’ fino a quando"),
    is(Rule::Promise, "mai più senza", ""),
    is(Rule::Promise, "miracolos", ""),
    is(
        Rule::Promise,
        "guaranteed",
        "say what you do if it goes wrong",
    ),
    is(Rule::Promise, "risk free", ""),
    is(Rule::Promise, "risk-free", ""),
    is(Rule::Promise, "no strings attached", ""),
    is(Rule::Superlative, "il migliore d’italia", ""),
    is(Rule::Superlative, "i migliori prezzi", "di’ il prezzo"),
    is(Rule::Superlative, "il prezzo più basso", "di’ il prezzo"),
    is(Rule::Superlative, "numero uno", ""),
    is(Rule::Superlative, "il migliore", ""),
    is(Rule::Superlative, "la migliore", ""),
    is(Rule::Superlative, "eccezionale", ""),
    is(Rule::Superlative, "straordinari", ""),
    is(Rule::Superlative, "incredibil", ""),
    is(Rule::Superlative, "best ever", ""),
    is(Rule::Superlative, "world’s best", ""),
    is(Rule::Superlative, "amazing", ""),
    is(Rule::Superlative, "incredible", ""),
    is(Rule::Superlative, "unbeatable", ""),
    is(
        Rule::Profiling,
        "abbiamo notato che",
        "di’ che cosa è successo e quando",
    ),
    is(
        Rule::Profiling,
        "sappiamo che",
        "di’ che cosa ti hanno raccontato",
    ),
    is(
        Rule::Profiling,
        "in base ai tuoi interessi",
        "di’ da che cosa nasce il consiglio",
    ),
    is(
        Rule::Profiling,
        "in base al tuo profilo",
        "di’ da che cosa nasce il consiglio",
    ),
    is(
        Rule::Profiling,
        "persone come te",
        "di’ da che cosa nasce il consiglio",
    ),
    is(
        Rule::Profiling,
        "clienti come te",
        "di’ da che cosa nasce il consiglio",
    ),
    is(
        Rule::Profiling,
        "vediamo che",
        "di’ che cosa è successo e quando",
    ),
    is(
        Rule::Profiling,
        "we noticed that you",
        "say what happened, and when",
    ),
    is(
        Rule::Profiling,
        "we know that you",
        "say what they told you",
    ),
    is(
        Rule::Profiling,
        "based on your profile",
        "say where the advice comes from",
    ),
    is(
        Rule::Profiling,
        "based on your interests",
        "say where the advice comes from",
    ),
    is(
        Rule::Profiling,
        "people like you",
        "say where the advice comes from",
    ),
    is(
        Rule::Profiling,
        "customers like you",
        "say where the advice comes from",
    ),
];

pub(super) fn look(looking: &mut Looking<'_>) {
    let lower = lowered(&looking.masked);
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for stock in STOCK {
        if looking
            .voice
            .allowed
            .iter()
            .any(|allowed| allowed == stock.phrase)
        {
            continue;
        }
        for at in places(&lower, stock.phrase) {
            let end = at + stock.phrase.len();
            if taken.iter().any(|(start, stop)| at < *stop && *start < end) {
                continue;
            }
            taken.push((at, end));
            let quote = looking.masked[at..end].to_owned();
            looking.note(stock.rule, at, &quote, stock.instead, 0);
        }
    }
    for phrase in &looking.voice.banned {
        for at in places(&lower, phrase) {
            let quote = looking.masked[at..at + phrase.len()].to_owned();
            looking.note(Rule::Banned, at, &quote, "", 0);
        }
    }
}

/// Small letters, byte by byte as long: letters that grow or shrink stay as they are.
fn lowered(text: &str) -> String {
    let lower = |letter: char| {
        let mut small = letter.to_lowercase();
        match (small.next(), small.next()) {
            (Some(one), None) if one.len_utf8() == letter.len_utf8() => one,
            _ => letter,
        }
    };
    text.chars().map(lower).collect()
}

/// Where a phrase begins, as words of their own.
fn places<'a>(text: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    let starts_word = move |at: &usize| {
        let before = text[..*at].chars().next_back();
        !before.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(phrase)
        .map(|(at, _)| at)
        .filter(starts_word)
}
