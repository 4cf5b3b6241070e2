//! Short and familiar forms of Italian first names, with the names they stand for. Some stand
//! for several: Pina is Giuseppina, Agrippina or Crispina.
//!
//! **Invariant:** the list is in the order of its short forms.

const FORMS: &[(&str, &[&str])] = &[
    ("ale", &["alessandro", "alessandra", "alessia", "alessio"]),
    (
        "alex",
        &["alessandro", "alessandra", "alessio", "alexander"],
    ),
    ("ange", &["angela", "angelo"]),
    ("anto", &["antonio", "antonella", "antonietta"]),
    ("bea", &["beatrice"]),
    ("bepi", &["giuseppe"]),
    ("beppe", &["giuseppe"]),
    ("bill", &["william"]),
    ("bob", &["robert", "roberto"]),
    ("bobby", &["robert"]),
    ("cate", &["caterina"]),
    ("checco", &["francesco"]),
    ("chicca", &["francesca", "federica", "enrica"]),
    ("chicco", &["francesco", "enrico", "federico"]),
    ("ciccio", &["francesco"]),
    ("dado", &["edoardo", "davide"]),
    ("dan", &["daniel", "daniele"]),
    ("dani", &["daniele", "daniela"]),
    ("dave", &["david"]),
    ("ele", &["elena", "eleonora"]),
    ("elisa", &["elisabetta"]),
    ("enzo", &["vincenzo", "lorenzo", "innocenzo"]),
    ("fabi", &["fabio", "fabiana", "fabiola"]),
    ("fede", &["federico", "federica"]),
    ("fra", &["francesco", "francesca"]),
    ("franca", &["francesca"]),
    ("franco", &["francesco", "gianfranco"]),
    ("gabri", &["gabriele", "gabriella"]),
    ("geppo", &["giuseppe"]),
    ("giacomino", &["giacomo"]),
    ("giampi", &["giampiero", "giampaolo"]),
    ("gianni", &["giovanni"]),
    ("gigi", &["luigi", "luigia"]),
    ("gigia", &["luigia"]),
    ("gino", &["luigi", "igino"]),
    ("gio", &["giovanni", "giovanna", "giorgio", "giorgia"]),
    ("giusi", &["giuseppina", "giuseppa"]),
    ("giusy", &["giuseppina", "giuseppa"]),
    ("ila", &["ilaria"]),
    ("isa", &["isabella", "luisa"]),
    ("jack", &["giacomo", "john"]),
    ("jim", &["james"]),
    ("joe", &["joseph", "giuseppe"]),
    ("lalla", &["laura"]),
    (
        "lella",
        &["raffaella", "graziella", "gabriella", "antonella"],
    ),
    ("lello", &["raffaele", "raffaello"]),
    ("leo", &["leonardo", "leone"]),
    ("lia", &["rosalia", "amalia"]),
    ("lina", &["carolina", "angelina", "pasqualina", "michelina"]),
    ("lisa", &["elisabetta", "annalisa", "elisa"]),
    ("lollo", &["lorenzo"]),
    ("lori", &["loredana", "lorella", "lorena"]),
    ("mari", &["maria", "marina", "marianna"]),
    ("max", &["massimo", "massimiliano"]),
    ("mike", &["michael"]),
    ("mimma", &["domenica"]),
    ("mimmo", &["domenico"]),
    ("mino", &["giacomo", "cosimo", "guglielmo"]),
    ("nando", &["ferdinando", "fernando"]),
    ("nella", &["antonella", "ornella"]),
    ("nello", &["antonello", "aniello"]),
    ("nicky", &["nicola", "nicoletta"]),
    ("nico", &["nicola", "niccolo", "domenico"]),
    ("nina", &["giovannina", "antonina", "caterina"]),
    ("nino", &["antonino", "antonio", "giovanni", "gaetano"]),
    ("nuccia", &["antonuccia", "mariannuccia"]),
    ("paoletta", &["paola"]),
    ("pat", &["patrizia"]),
    ("peppe", &["giuseppe"]),
    ("peppino", &["giuseppe"]),
    ("pia", &["mariapia"]),
    ("piero", &["pietro", "gianpiero", "pierangelo"]),
    ("pina", &["giuseppina", "agrippina", "crispina"]),
    ("pino", &["giuseppe", "giuseppino"]),
    ("pippo", &["filippo", "giuseppe"]),
    ("raffa", &["raffaele", "raffaella"]),
    ("renzo", &["lorenzo"]),
    ("rick", &["richard"]),
    ("ricky", &["riccardo"]),
    ("rita", &["margherita"]),
    ("rob", &["robert", "roberto"]),
    ("robi", &["roberto", "roberta"]),
    ("roby", &["roberto", "roberta"]),
    ("rosetta", &["rosa"]),
    ("rosi", &["rosa", "rosaria", "rosanna"]),
    ("rosy", &["rosa", "rosaria", "rosanna"]),
    ("sabri", &["sabrina"]),
    ("sal", &["salvatore"]),
    ("salvo", &["salvatore"]),
    ("sandra", &["alessandra"]),
    ("sandro", &["alessandro"]),
    ("saro", &["rosario"]),
    ("sasa", &["salvatore"]),
    ("sasy", &["salvatore"]),
    ("savio", &["saverio"]),
    ("simo", &["simone", "simona"]),
    ("ste", &["stefano", "stefania"]),
    ("steve", &["stephen", "steven"]),
    ("susy", &["susanna", "assunta"]),
    ("tano", &["gaetano"]),
    ("tea", &["dorotea", "teodora"]),
    ("teo", &["matteo", "teodoro"]),
    ("tina", &["martina", "concettina", "cristina", "caterina"]),
    ("titti", &["tiziana", "concetta"]),
    ("tom", &["thomas", "tommaso"]),
    ("tommy", &["tommaso", "thomas"]),
    ("toni", &["antonio"]),
    ("tonia", &["antonia"]),
    ("tonino", &["antonio"]),
    ("tony", &["antonio", "anthony"]),
    ("tore", &["salvatore"]),
    ("toto", &["salvatore", "antonio"]),
    ("turi", &["salvatore"]),
    ("uccio", &["antonio"]),
    ("vale", &["valentina", "valeria", "valerio"]),
    ("vane", &["vanessa"]),
    ("vero", &["veronica"]),
    ("vicky", &["vittoria"]),
    ("vito", &["vittorio"]),
    ("will", &["william"]),
];

/// Whether one of two first names is a familiar form of the other, or both are of a third.
pub(super) fn is_familiar(one: &str, other: &str) -> bool {
    let (ours, theirs) = (full_forms(one), full_forms(other));
    theirs.contains(&one) || ours.contains(&other) || ours.iter().any(|it| theirs.contains(it))
}

fn full_forms(short: &str) -> &'static [&'static str] {
    let found = FORMS.binary_search_by(|(form, _)| (*form).cmp(short));
    found.map_or(&[], |place| FORMS[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(FORMS.is_sorted_by(|one, other| one.0 < other.0));
    }

    #[test]
    fn familiar_forms_are_known_both_ways() {
        for (one, other) in [
            ("beppe", "giuseppe"),
            ("giuseppe", "pino"),
            ("beppe", "pino"),
            ("mimmo", "domenico"),
            ("rob", "robert"),
        ] {
            assert!(is_familiar(one, other) && is_familiar(other, one));
        }
        assert!(!is_familiar("marco", "maria") && !is_familiar("mario", "mario"));
    }
}
