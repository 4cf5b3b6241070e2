//! Which Italian province a postal code (CAP) belongs to, from the ranges in which Poste Italiane
//! numbers them, and which provinces there are.
//!
//! Written from public knowledge and measured in the tests against a list of 4,682 codes. A few
//! codes serve towns of two provinces; they have a line of their own.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// First and last code of a stretch, and the provinces in it.
type Stretch = (u32, u32, &'static [&'static str]);

/// In order, without overlaps.
#[rustfmt::skip]
const STRETCHES: &[Stretch] = &[
    (10, 199, &["RM"]), (1010, 1100, &["VT"]), (2010, 2100, &["RI"]), (3010, 3100, &["FR"]),
    (4010, 4100, &["LT"]), (5010, 5100, &["TR"]), (6010, 6135, &["PG"]), (7010, 7100, &["SS"]),
    (8010, 8012, &["NU", "OR"]), (8013, 8019, &["NU", "OR"]), (8020, 8029, &["NU", "SS"]),
    (8030, 8049, &["NU", "OR", "SU"]), (8100, 8100, &["NU"]), (9010, 9069, &["CA", "SU"]),
    (9070, 9099, &["OR"]), (9100, 9134, &["CA"]), (9170, 9170, &["OR"]),
    (10010, 10156, &["TO"]), (11010, 11100, &["AO"]), (12010, 12070, &["CN"]), (12071, 12071, &["CN", "SV"]),
    (12072, 12100, &["CN"]),
    (13010, 13100, &["VC"]), (13811, 13900, &["BI"]), (14010, 14100, &["AT"]),
    (15010, 15122, &["AL"]), (16010, 16167, &["GE"]), (17010, 17100, &["SV"]),
    (18010, 18024, &["IM"]),
    (18025, 18025, &["CN", "IM"]), (18026, 18100, &["IM"]), (19010, 19139, &["SP"]), (20001, 20162, &["MI"]),
    (20811, 20900, &["MB"]), (21010, 21100, &["VA"]), (22010, 22100, &["CO"]),
    (23010, 23100, &["SO"]), (23801, 23900, &["LC"]), (24010, 24129, &["BG"]),
    (25010, 25136, &["BS"]), (26010, 26100, &["CR"]), (26811, 26900, &["LO"]),
    (27010, 27100, &["PV"]), (28010, 28100, &["NO"]), (28801, 28925, &["VB"]),
    (29010, 29122, &["PC"]), (30010, 30176, &["VE"]), (31010, 31100, &["TV"]),
    (32010, 32100, &["BL"]), (33010, 33069, &["UD"]), (33070, 33099, &["PN"]),
    (33100, 33100, &["UD"]), (33170, 33170, &["PN"]), (34010, 34018, &["TS"]),
    (34070, 34079, &["GO"]), (34100, 34151, &["TS"]), (34170, 34170, &["GO"]),
    (35010, 35143, &["PD"]), (36010, 36100, &["VI"]), (37010, 37142, &["VR"]),
    (38010, 38123, &["TN"]), (39010, 39100, &["BZ"]), (40010, 40141, &["BO"]),
    (41010, 41126, &["MO"]), (42010, 42124, &["RE"]), (43010, 43126, &["PR"]),
    (44010, 44124, &["FE"]), (45010, 45100, &["RO"]), (46010, 46100, &["MN"]),
    (47010, 47122, &["FC"]), (47521, 47522, &["FC"]), (47811, 47925, &["RN"]),
    (48010, 48125, &["RA"]), (50010, 50145, &["FI"]), (51010, 51100, &["PT"]),
    (52010, 52100, &["AR"]), (53010, 53100, &["SI"]), (54010, 54100, &["MS"]),
    (55010, 55100, &["LU"]), (56010, 56128, &["PI"]), (57010, 57128, &["LI"]),
    (58010, 58100, &["GR"]), (59011, 59100, &["PO"]), (60010, 60131, &["AN"]),
    (61010, 61122, &["PU"]), (62010, 62100, &["MC"]), (63010, 63100, &["AP"]),
    (63811, 63900, &["FM"]), (64010, 64100, &["TE"]), (65010, 65132, &["PE"]),
    (66010, 66100, &["CH"]), (67010, 67100, &["AQ"]), (70010, 70132, &["BA"]),
    (71010, 71122, &["FG"]), (72010, 72100, &["BR"]), (73010, 73100, &["LE"]),
    (74010, 74123, &["TA"]), (75010, 75100, &["MT"]), (76011, 76125, &["BT"]),
    (80010, 80147, &["NA"]), (81010, 81100, &["CE"]), (82010, 82100, &["BN"]),
    (83010, 83100, &["AV"]), (84010, 84135, &["SA"]), (85010, 85100, &["PZ"]),
    (86010, 86049, &["CB"]), (86070, 86097, &["IS"]), (86100, 86100, &["CB"]),
    (86170, 86170, &["IS"]), (87010, 87100, &["CS"]), (88020, 88100, &["CZ"]),
    (88811, 88900, &["KR"]), (89010, 89135, &["RC"]), (89811, 89900, &["VV"]),
    (90010, 90151, &["PA"]), (91010, 91100, &["TP"]), (92010, 92100, &["AG"]),
    (93010, 93100, &["CL"]), (94010, 94100, &["EN"]), (95010, 95131, &["CT"]),
    (96010, 96100, &["SR"]), (97010, 97100, &["RG"]), (98010, 98168, &["ME"]),
];

/// Every province with its chief town. The town is another's nowhere.
#[rustfmt::skip]
const PROVINCES: &[(&str, &str)] = &[
    ("AG", "Agrigento"), ("AL", "Alessandria"), ("AN", "Ancona"), ("AO", "Aosta"),
    ("AP", "Ascoli Piceno"), ("AQ", "L'Aquila"), ("AR", "Arezzo"), ("AT", "Asti"),
    ("AV", "Avellino"), ("BA", "Bari"), ("BG", "Bergamo"), ("BI", "Biella"), ("BL", "Belluno"),
    ("BN", "Benevento"), ("BO", "Bologna"), ("BR", "Brindisi"), ("BS", "Brescia"),
    ("BT", "Barletta"), ("BZ", "Bolzano"), ("CA", "Cagliari"), ("CB", "Campobasso"),
    ("CE", "Caserta"), ("CH", "Chieti"), ("CL", "Caltanissetta"), ("CN", "Cuneo"), ("CO", "Como"),
    ("CR", "Cremona"), ("CS", "Cosenza"), ("CT", "Catania"), ("CZ", "Catanzaro"), ("EN", "Enna"),
    ("FC", "Forlì"), ("FE", "Ferrara"), ("FG", "Foggia"), ("FI", "Firenze"), ("FM", "Fermo"),
    ("FR", "Frosinone"), ("GE", "Genova"), ("GO", "Gorizia"), ("GR", "Grosseto"),
    ("IM", "Imperia"), ("IS", "Isernia"), ("KR", "Crotone"), ("LC", "Lecco"), ("LE", "Lecce"),
    ("LI", "Livorno"), ("LO", "Lodi"), ("LT", "Latina"), ("LU", "Lucca"), ("MB", "Monza"),
    ("MC", "Macerata"), ("ME", "Messina"), ("MI", "Milano"), ("MN", "Mantova"), ("MO", "Modena"),
    ("MS", "Massa"), ("MT", "Matera"), ("NA", "Napoli"), ("NO", "Novara"), ("NU", "Nuoro"),
    ("OR", "Oristano"), ("PA", "Palermo"), ("PC", "Piacenza"), ("PD", "Padova"), ("PE", "Pescara"),
    ("PG", "Perugia"), ("PI", "Pisa"), ("PN", "Pordenone"), ("PO", "Prato"), ("PR", "Parma"),
    ("PT", "Pistoia"), ("PU", "Pesaro"), ("PV", "Pavia"), ("PZ", "Potenza"), ("RA", "Ravenna"),
    ("RC", "Reggio Calabria"), ("RE", "Reggio Emilia"), ("RG", "Ragusa"), ("RI", "Rieti"),
    ("RM", "Roma"), ("RN", "Rimini"), ("RO", "Rovigo"), ("SA", "Salerno"), ("SI", "Siena"),
    ("SO", "Sondrio"), ("SP", "La Spezia"), ("SR", "Siracusa"), ("SS", "Sassari"),
    ("SU", "Carbonia"), ("SV", "Savona"), ("TA", "Taranto"), ("TE", "Teramo"), ("TN", "Trento"),
    ("TO", "Torino"), ("TP", "Trapani"), ("TR", "Terni"), ("TS", "Trieste"), ("TV", "Treviso"),
    ("UD", "Udine"), ("VA", "Varese"), ("VB", "Verbania"), ("VC", "Vercelli"), ("VE", "Venezia"),
    ("VI", "Vicenza"), ("VR", "Verona"), ("VT", "Viterbo"), ("VV", "Vibo Valentia"),
];

/// Provinces as they were called before, and towns as they are called otherwise.
#[rustfmt::skip]
const OTHERWISE: &[(&str, &str)] = &[
    ("ps", "PU"), ("fo", "FC"), ("ot", "SS"), ("og", "NU"), ("ci", "SU"), ("vs", "SU"),
    ("aquila", "AQ"), ("reggio nell'emilia", "RE"), ("reggio di calabria", "RC"),
    ("spezia", "SP"), ("forli-cesena", "FC"), ("forli cesena", "FC"), ("cesena", "FC"),
    ("monza e brianza", "MB"), ("monza e della brianza", "MB"), ("monza brianza", "MB"),
    ("massa carrara", "MS"), ("massa-carrara", "MS"), ("carrara", "MS"),
    ("pesaro e urbino", "PU"), ("pesaro-urbino", "PU"), ("urbino", "PU"), ("trani", "BT"),
    ("andria", "BT"), ("barletta-andria-trani", "BT"), ("verbano-cusio-ossola", "VB"),
    ("sud sardegna", "SU"), ("valle d'aosta", "AO"), ("bozen", "BZ"), ("alto adige", "BZ"),
    ("turin", "TO"), ("milan", "MI"), ("rome", "RM"), ("florence", "FI"), ("venice", "VE"),
    ("naples", "NA"), ("genoa", "GE"),
];

/// Codes of whole towns, of before their quarters had their own.
#[rustfmt::skip]
const GENERIC: [u32; 27] = [
    100, 6100, 9100, 10100, 16100, 19100, 20100, 24100, 25100, 29100, 30100, 34100, 35100, 37100,
    40100, 41100, 43100, 44100, 50100, 56100, 57100, 60100, 65100, 70100, 80100, 90100, 95100,
];

/// The provinces that a code of five digits can be in; none if there is no such code.
pub(super) fn provinces(code: &str) -> &'static [&'static str] {
    let Ok(number) = code.parse::<u32>() else {
        return &[];
    };
    let behind = STRETCHES.partition_point(|(_, last, _)| *last < number);
    match STRETCHES.get(behind) {
        Some((first, _, provinces)) if *first <= number => provinces,
        _ => &[],
    }
}

/// Whether a code was that of a whole town.
pub(super) fn is_generic(code: &str) -> bool {
    code.parse()
        .is_ok_and(|number: u32| GENERIC.contains(&number))
}

/// The code of a province that was written in any way, its name in small letters without accents.
pub(super) fn province(folded: &str) -> Option<&'static str> {
    let by_code = PROVINCES
        .iter()
        .find(|(code, _)| folded.eq_ignore_ascii_case(code));
    let otherwise = || OTHERWISE.iter().find(|(name, _)| *name == folded);
    by_code
        .map(|(code, _)| *code)
        .or_else(|| province_of_town(folded))
        .or_else(|| otherwise().map(|(_, code)| *code))
}

/// The chief towns as [`folded`](super::name::folded) writes them: made once, asked for everybody.
static TOWNS: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let towns = PROVINCES.iter();
    towns
        .map(|(code, town)| (super::name::folded(town), *code))
        .collect()
});

/// The province of a town that is a chief town.
pub(super) fn province_of_town(folded: &str) -> Option<&'static str> {
    TOWNS.get(folded).copied()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_table_is_in_order_and_names_known_provinces() {
        for pair in STRETCHES.windows(2) {
            assert!(pair[0].1 < pair[1].0, "{pair:?}");
        }
        assert_eq!(PROVINCES.len(), 107);
        assert!(PROVINCES.is_sorted());
        for (code, _) in PROVINCES {
            assert!(
                STRETCHES.iter().any(|(.., known)| known.contains(code)),
                "{code}"
            );
        }
        for (_, _, known) in STRETCHES {
            assert!(known.iter().all(|code| province(code) == Some(code)));
        }
        for (name, code) in OTHERWISE {
            assert_eq!(province(name), Some(*code), "{name}");
        }
    }

    #[test]
    fn known_codes_are_where_they_are() {
        assert_eq!(provinces("00185"), ["RM"]);
        assert_eq!(provinces("20121"), ["MI"]);
        assert_eq!(provinces("39100"), ["BZ"]);
        assert_eq!(provinces("99999"), [""; 0]);
        assert!(is_generic("20100") && !is_generic("20121"));
        assert_eq!(province("reggio emilia"), Some("RE"));
        assert_eq!(province_of_town("l'aquila"), Some("AQ"));
    }

    /// Against the codes of 2023 in a list that is not part of Filo.
    #[test]
    fn the_ranges_agree_with_a_list_of_codes() {
        let path = "../../../shared/data/it_wordlists/cap_city_province.json";
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("skipped: there is no {}", path.display());
            return;
        };
        let list: BTreeMap<String, Vec<(String, String)>> = serde_json::from_str(&text).unwrap();
        let (mut all, mut right, mut wrong) = (0, 0, Vec::new());
        for (code, towns) in &list {
            for (town, listed) in towns {
                all += 1;
                if provinces(code).contains(&listed.as_str()) {
                    right += 1;
                } else {
                    wrong.push(format!("{code} {town} {listed}"));
                }
            }
        }
        println!(
            "{right} of {all} towns agree; not: {:?}",
            &wrong[..wrong.len().min(60)]
        );
        assert!(right * 1000 >= all * 998, "{right} of {all}");
    }
}
