//! What the messages of a rehearsal are paid for: by the texts of its sample as they would have
//! left, and where none of a piece is among them, by the piece as it is written.

use filo_core::cost::{Fare, Item};
use filo_core::id::PieceId;
use filo_core::journey::rehearsal::{Fares, Side, usage_of};
use filo_core::message::Medium;

use super::staging::Staged;
use super::wording::Worded;
use crate::app::App;
use crate::content::Rendering;
use crate::error::Result;

impl App {
    /// Looks at a text of the sample.
    pub(super) async fn note_fare(
        &self,
        fares: &mut Fares,
        worded: &Worded,
        rendering: &Rendering,
    ) -> Result<()> {
        let said = &worded.said;
        let spoken = (said.medium, said.class);
        let text = self
            .with_way_out(spoken, rendering.text.clone(), rendering.language)
            .await?;
        let has_template = !rendering.template.is_empty();
        let template = has_template.then_some(rendering.category);
        let Some((item, units)) = Item::of_message(spoken, &text, template) else {
            return Ok(());
        };
        let known = fares.entry((said.medium, said.piece.to_string().into()));
        known
            .and_modify(|fare| fare.note(units))
            .or_insert_with(|| Fare::of((item, units)));
        Ok(())
    }

    /// Counts what a version would have been paid for.
    pub(super) async fn count_usage(
        &self,
        side: &mut Side,
        staged: &Staged,
        mut fares: Fares,
    ) -> Result<()> {
        let media = side.tally.said.values().flatten();
        let said =
            media.flat_map(|(medium, pieces)| pieces.keys().map(move |piece| (*medium, piece)));
        let missing: Vec<(Medium, PieceId)> = said
            .filter(|(medium, piece)| !fares.contains_key(&(*medium, (*piece).clone())))
            .filter_map(|(medium, piece)| Some((medium, piece.parse().ok()?)))
            .collect();
        for (medium, piece) in missing {
            if let Some(fare) = self.fare_of_piece(piece, medium).await? {
                fares.insert((medium, piece.to_string().into()), fare);
            }
        }
        let journey = &staged.stage.plan().journey;
        side.usage = Some(usage_of(&side.tally, journey, &fares));
        Ok(())
    }
}
