//! How a story is told: steps of one person, by how many days before the end they happened.

use filo_core::identity::Kind;
use filo_core::time::Timestamp;

use super::body::Body;
use super::calendar::LAST_DAY;
use super::cast::Told;
use super::company::{Basket, Product, Source};
use super::draft::Draft;
use super::pen::Pen;

/// Days before the end, and minutes after midnight.
pub(super) type When = (u16, u32);

/// A time as it is written in a story.
pub(super) const fn clock(hour: u32, minute: u32) -> u32 {
    hour * 60 + minute
}

/// One person's story in the making.
pub(super) struct Tale<'p, 'w> {
    pub(super) pen: &'p mut Pen<'w>,
    pub(super) who: Told,
}

impl<'p, 'w> Tale<'p, 'w> {
    pub(super) fn of(pen: &'p mut Pen<'w>, who: Told) -> Self {
        pen.turn_to("story", who.number());
        Self { pen, who }
    }

    /// Goes on with somebody's story after another's; `chapter` is told once.
    pub(super) fn of_more(pen: &'p mut Pen<'w>, who: Told, chapter: u16) -> Self {
        pen.turn_to_more("story", who.number(), chapter);
        Self { pen, who }
    }

    pub(super) fn at(&self, (ago, minute): When) -> Timestamp {
        self.pen.world.calendar.at(LAST_DAY - ago, minute, 0)
    }

    fn name(&self) -> Body {
        Body::new()
            .text("firstName", self.who.first)
            .text("lastName", self.who.last)
    }

    /// Takes a card at a bar and dictates a telephone number.
    pub(super) fn takes_card(&mut self, bar: Source, when: When, phone: &str) {
        let said = self
            .name()
            .text("card", &self.who.card())
            .text("phone", phone);
        let at = self.at(when);
        self.pen
            .write(bar, Draft::identify(at, said).channel("shop"));
        let issued = Draft::track("Card Issued", at)
            .with(Body::new().text("loyalty_card", &self.who.card()))
            .channel("shop");
        self.pen.write(bar, issued);
    }

    /// Has something at the counter.
    pub(super) fn drinks(&mut self, bar: Source, when: When, product: &'static Product) {
        let id = format!("B-{}-{}", self.who.number(), when.0);
        let sale = Basket::of(vec![(product, 1)])
            .order(&id, 0)
            .text("loyalty_card", &self.who.card());
        let at = self.at(when);
        let sold = Draft::track("Order Completed", at)
            .with(sale)
            .channel("shop");
        self.pen.write(bar, sold);
    }

    /// Looks at something in the web shop, as who they have said to be or as nobody.
    pub(super) fn looks_at(&mut self, when: When, product: &Product, way: Option<[&str; 3]>) {
        let path = format!("/prodotti/{}", product.sku.to_ascii_lowercase());
        let page = Body::new()
            .text("path", &path)
            .text("url", &format!("https://aurora.example{path}"));
        let mut context = Body::new()
            .object("library", Body::new().text("name", "filo.js"))
            .object("page", page);
        if let Some([source, medium, name]) = way {
            let campaign = Body::new()
                .text("source", source)
                .text("medium", medium)
                .text("name", name);
            context = context.object("campaign", campaign);
        }
        let seen = Body::new()
            .text("sku", product.sku)
            .text("name", product.name)
            .money("price", product.cents)
            .text("currency", "EUR");
        let at = self.at(when);
        let viewed = Draft::track("Product Viewed", at)
            .device(&self.who.device())
            .with(seen)
            .context(context);
        self.pen.write(Source::Web, viewed);
    }

    /// Puts it into the cart and leaves it there.
    pub(super) fn fills_cart(&mut self, when: When, product: &Product) {
        let what = Body::new()
            .text("sku", product.sku)
            .text("name", product.name)
            .money("price", product.cents)
            .text("currency", "EUR")
            .number("quantity", 1);
        let at = self.at(when);
        let added = Draft::track("Product Added", at)
            .device(&self.who.device())
            .with(what)
            .context(Body::new().object("library", Body::new().text("name", "filo.js")));
        self.pen.write(Source::Web, added);
    }

    /// Says in a form of the site who they are.
    pub(super) fn signs_in(&mut self, when: When, device: &str) {
        let at = self.at(when);
        let said = self.name().text("email", &self.who.email());
        let told = Draft::identify(at, said)
            .user(Some(&self.who.user_id()))
            .device(device)
            .context(Body::new().object("library", Body::new().text("name", "filo.js")));
        self.pen.write(Source::Web, told);
    }

    /// Registers: the shop's own system knows them from now on.
    pub(super) fn registers(&mut self, when: When, last: &str, phone: Option<&str>) {
        let at = self.at(when);
        let said = Body::new()
            .text("firstName", self.who.first)
            .text("lastName", last);
        let known = Draft::identify(at, said)
            .user(Some(&self.who.user_id()))
            .channel("web")
            .whose(Some(&self.who.email()), phone);
        self.pen.write(Source::Orders, known);
    }

    /// Buys in the web shop.
    pub(super) fn buys(&mut self, when: When, lines: Vec<(&'static Product, u32)>) {
        let id = self.order_id(when.0);
        let at = self.at(when);
        let order = Basket::of(lines).order(&id, 490);
        let placed = Draft::track("Order Completed", at)
            .user(Some(&self.who.user_id()))
            .channel("web")
            .with(order)
            .whose(Some(&self.who.email()), None);
        self.pen.write(Source::Orders, placed);
    }

    /// The number of the order of so many days ago.
    pub(super) fn order_id(&self, ago: u16) -> String {
        format!("W{}-{ago:03}", self.who.number())
    }

    /// What the shop's own system tells about them.
    pub(super) fn tells(&mut self, name: &'static str, when: When, what: Body) {
        let at = self.at(when);
        let told = Draft::track(name, at)
            .user(Some(&self.who.user_id()))
            .with(what)
            .whose(Some(&self.who.email()), None);
        self.pen.write(Source::Orders, told);
    }

    /// Joins the newsletter with an address; `phone` is what the form asked for too.
    pub(super) fn subscribes(&mut self, when: When, email: &str, phone: Option<&str>) {
        let at = self.at(when);
        let joined = Draft::identify(at, self.name())
            .channel("email")
            .whose(Some(email), phone);
        self.pen.write(Source::Letters, joined);
        let consent = Body::new()
            .text("purpose", "marketing")
            .text("channel", "email")
            .text("basis", "consent")
            .text("wording", "newsletter, testo 3 di gennaio")
            .text("proof", "conferma dal collegamento nell'e-mail");
        let granted = Draft::track("Consent Granted", at)
            .with(consent)
            .channel("email")
            .whose(Some(email), None);
        self.pen.write(Source::Letters, granted);
    }

    /// Calls the switchboard.
    pub(super) fn calls(&mut self, when: When, reason: &str, outcome: &str) {
        let at = self.at(when);
        let said = Body::new()
            .text("direction", "in arrivo")
            .text("reason", reason)
            .text("outcome", outcome)
            .number("duration_s", 340)
            .text("phone", &self.who.phone());
        self.pen
            .write(Source::Calls, Draft::track("Call Logged", at).with(said));
    }

    /// Somebody of the company writes down what was said.
    pub(super) fn note(&mut self, when: When, whose: (Kind, &str), said: [&str; 3]) {
        let [about, text, actor] = said;
        let at = self.at(when);
        let note = Body::new()
            .text("text", text)
            .text("about", about)
            .text("actor", actor);
        self.pen.note(whose, at, note);
    }
}
