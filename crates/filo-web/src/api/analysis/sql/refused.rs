//! Why a question in SQL has no answer, as a problem.

use filo_app::Error;
use filo_app::sql::Refusal;
use http::StatusCode;

use crate::problem::Problem;

/// Whoever comes too many at once comes again then.
const AGAIN_AFTER_S: u32 = 5;

/// The problem of a refusal: whether it may not be asked, cannot be understood, or takes too much.
pub(super) fn problem(refusal: Refusal) -> Problem {
    let said = refusal.to_string();
    let limit = |field: &'static str| {
        let title = "The question reached a limit";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "sql_limit", title, &*said).about(field)
    };
    match refusal {
        Refusal::NotBuilt => Problem::new(
            StatusCode::NOT_IMPLEMENTED,
            "not_built",
            "SQL is not built in",
            said,
        ),
        Refusal::Empty | Refusal::Several | Refusal::TooLong { .. } => {
            Problem::invalid("statement", said)
        }
        Refusal::Wrong { place: None, .. } => Problem::invalid("statement", said),
        Refusal::Wrong {
            place: Some(place), ..
        } => {
            let where_to = format!("line {}, column {}: {said}", place.line, place.column);
            Problem::invalid("statement", where_to)
        }
        Refusal::NotForParquet { .. } => Problem::invalid("as", said),
        Refusal::NotAllowed { .. } => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "sql_refused",
            "A question may only read",
            said,
        )
        .about("statement"),
        Refusal::TooManyRows { .. } => limit("rows"),
        Refusal::TooLarge { .. } => limit("bytes"),
        Refusal::TooSlow { .. } => limit("seconds"),
        Refusal::TooMuchMemory { .. } => limit("memory"),
        Refusal::Busy { .. } => Problem {
            retry_after_s: Some(AGAIN_AFTER_S),
            ..Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Not now", said)
        },
        Refusal::Fault(text) => Problem::from(Error::Internal(anyhow::anyhow!(text))),
    }
}

#[cfg(test)]
mod tests {
    use filo_app::sql::Place;

    use super::*;

    #[test]
    fn each_refusal_has_its_status_code_and_field() {
        let place = Some(Place { line: 2, column: 8 });
        let wrong = Refusal::Wrong {
            text: "no field".to_owned(),
            place,
        };
        let kind = "DROP".to_owned();
        for (refusal, status, code, field) in [
            (Refusal::NotBuilt, 501, "not_built", None),
            (Refusal::Empty, 422, "invalid", Some("statement")),
            (wrong.clone(), 422, "invalid", Some("statement")),
            (
                Refusal::NotAllowed { kind },
                422,
                "sql_refused",
                Some("statement"),
            ),
            (
                Refusal::TooManyRows { rows_most: 9 },
                422,
                "sql_limit",
                Some("rows"),
            ),
            (
                Refusal::TooLarge { bytes_most: 9 },
                422,
                "sql_limit",
                Some("bytes"),
            ),
            (
                Refusal::TooSlow { seconds: 9 },
                422,
                "sql_limit",
                Some("seconds"),
            ),
            (
                Refusal::TooMuchMemory { bytes_most: 9 },
                422,
                "sql_limit",
                Some("memory"),
            ),
            (Refusal::Busy { most: 2 }, 503, "busy", None),
        ] {
            let problem = problem(refusal);
            let told = (
                problem.status.as_u16(),
                problem.code,
                problem.field.as_deref(),
            );
            assert_eq!(told, (status, code, field));
        }
        assert_eq!(problem(wrong).detail, "line 2, column 8: no field");
        let fault = problem(Refusal::Fault("/secret/path".to_owned()));
        assert!(!fault.detail.contains("secret"));
    }
}
