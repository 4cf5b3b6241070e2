//! What of a person is compared: how they buy and where they are met, never when, and nothing
//! that is nobody's business.
//!
//! **Invariant:** features are a function of the merged profile and the kinds of identifiers;
//! they change only with events.

use crate::consent::Status;
use crate::event::Channel;
use crate::identity::{Kind, Strength};
use crate::money::Currency;
use crate::profile::Profile;

use super::aspect::Aspect;

/// One more whenever the list of features changes: an older model counts no more.
pub const FEATURES_VERSION: u8 = 1;
/// Numbers that are compared.
pub const NUMBERS: usize = 7;
/// Yes-or-no questions that are compared.
pub const CODES: usize = 7;
/// Who never bought is told apart from nobody after so many meetings.
pub const CONTACTS_LEAST: u64 = 3;

/// Of the numbers, in their order: ln(1 + orders), ln(1 + average order), ln(1 + pieces in an
/// order), the shares of meetings online, in the shop and from afar (by message or telephone),
/// and the number of channels.
///
/// The logarithm, because the second order says more than the twentieth; 1 is added so that none
/// is a number too.
type Numbers = [f64; NUMBERS];

/// One person as others are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// What is a number, before it is standardised.
    pub numbers: Numbers,
    /// What is yes (1) or no (0): card, e-mail, mobile, account, app, consent, something went back.
    pub codes: [u32; CODES],
    /// Their level in each aspect, in the order of [`Aspect::ALL`].
    levels: [u8; Aspect::ALL.len()],
}

/// The orders that stand.
#[derive(Debug, Default)]
struct Bought {
    orders: u32,
    pieces: u64,
    /// Those in the company's currency, and what they brought less what went back.
    priced: u32,
    minor: i64,
    is_returned: bool,
}

impl Bought {
    fn of(profile: &Profile, currency: Currency) -> Self {
        let mut bought = Self::default();
        for order in profile.orders.iter() {
            let refunded = order.refunded();
            bought.is_returned |= order.is_cancelled() || refunded.0 > 0;
            if order.placed_at().is_none() || order.is_cancelled() {
                continue;
            }
            bought.orders = bought.orders.saturating_add(1);
            let Some(content) = order.content() else {
                continue;
            };
            bought.pieces = bought.pieces.saturating_add(u64::from(content.item_count));
            if content.currency == currency {
                let net = content.revenue.minus(order.refunded_revenue());
                bought.priced = bought.priced.saturating_add(1);
                bought.minor = bought.minor.saturating_add(net.0);
            }
        }
        bought
    }

    /// What an order brings, in whole units.
    fn average(&self, currency: Currency) -> f64 {
        if self.priced == 0 {
            return 0.0;
        }
        let units = 10_f64.powi(i32::from(currency.minor_digits()));
        (real(self.minor.max(0).unsigned_abs()) / units / f64::from(self.priced)).max(0.0)
    }

    fn pieces(&self) -> f64 {
        match self.orders {
            0 => 0.0,
            orders => real(self.pieces) / f64::from(orders),
        }
    }
}

/// Where somebody was met, and how often.
#[derive(Debug, Default)]
struct Met {
    online: u64,
    shop: u64,
    remote: u64,
    channels: u32,
}

impl Met {
    fn of(profile: &Profile) -> Self {
        let mut met = Self::default();
        for used in profile.channels.iter() {
            let place = match used.channel {
                Channel::Web | Channel::App => &mut met.online,
                Channel::Shop => &mut met.shop,
                Channel::Email
                | Channel::Sms
                | Channel::Chat
                | Channel::Social
                | Channel::Phone => &mut met.remote,
                // A system of the company's, without the customer being there.
                Channel::Server => continue,
            };
            *place = place.saturating_add(used.count);
            met.channels += 1;
        }
        met
    }

    const fn all(&self) -> u64 {
        let sum = self.online.saturating_add(self.shop);
        sum.saturating_add(self.remote)
    }

    fn share(&self, of: u64) -> f64 {
        match self.all() {
            0 => 0.0,
            all => real(of) / real(all),
        }
    }

    /// The place of more than half of the meetings, as a level.
    fn mainly(&self) -> u8 {
        let places = [self.online, self.shop, self.remote];
        let is_main = |count: &u64| u128::from(*count) * 2 > u128::from(self.all());
        let place = places.iter().position(is_main);
        place.and_then(|it| u8::try_from(it + 1).ok()).unwrap_or(0)
    }
}

impl Features {
    /// The features of somebody; nothing of who is known by a device alone, or has bought nothing
    /// and was hardly ever met: there is nothing to compare them by.
    #[must_use]
    pub fn of(profile: &Profile, kinds: &[Kind], currency: Currency) -> Option<Self> {
        let (bought, met) = (Bought::of(profile, currency), Met::of(profile));
        let is_known = kinds.iter().any(|kind| kind.strength() == Strength::Person);
        if !is_known || (bought.orders == 0 && met.all() < CONTACTS_LEAST) {
            return None;
        }
        let known = |kinds_wanted: &[Kind]| kinds_wanted.iter().any(|it| kinds.contains(it));
        let codes = [
            known(&[Kind::Card]),
            known(&[Kind::Email]),
            known(&[Kind::Phone]),
            known(&[Kind::UserId]),
            known(&[Kind::DeviceId, Kind::PushToken, Kind::AdvertisingId]),
            has_said_yes(profile),
            bought.is_returned,
        ];
        let (average, pieces) = (bought.average(currency), bought.pieces());
        let mut levels = [0; Aspect::ALL.len()];
        for (level, aspect) in levels.iter_mut().zip(Aspect::ALL) {
            *level = match aspect {
                Aspect::Orders => aspect.level_of(f64::from(bought.orders)),
                Aspect::Average => aspect.level_of(average),
                Aspect::Pieces => aspect.level_of(pieces),
                Aspect::Mainly => met.mainly(),
                Aspect::Channels => aspect.level_of(f64::from(met.channels)),
                Aspect::Card => u8::from(codes[0]),
                Aspect::Email => u8::from(codes[1]),
                Aspect::Phone => u8::from(codes[2]),
                Aspect::Account => u8::from(codes[3]),
                Aspect::App => u8::from(codes[4]),
                Aspect::Consent => u8::from(codes[5]),
                Aspect::Returned => u8::from(codes[6]),
            };
        }
        Some(Self {
            numbers: [
                f64::from(bought.orders).ln_1p(),
                average.ln_1p(),
                pieces.ln_1p(),
                met.share(met.online),
                met.share(met.shop),
                met.share(met.remote),
                f64::from(met.channels),
            ],
            codes: codes.map(u32::from),
            levels,
        })
    }

    /// The level in an aspect.
    #[must_use]
    pub const fn level(&self, aspect: Aspect) -> u8 {
        self.levels[aspect as usize]
    }
}

/// Whether a yes of theirs stands; whether it has expired is a question of time, and not asked.
fn has_said_yes(profile: &Profile) -> bool {
    let matrix = profile.consents.matrix();
    matrix
        .iter()
        .any(|(_, _, standing)| standing.status == Status::Granted)
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far under 2^53")]
const fn real(count: u64) -> f64 {
    count as f64
}
