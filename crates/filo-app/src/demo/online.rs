//! The web shop: visits with and without a purchase, what the shop's own system says of orders,
//! refunds and opinions afterwards.

use super::body::Body;
use super::company::{Basket, Product, Source};
use super::draft::Draft;
use super::draw::Draw;
use super::pen::Pen;
use super::person::{Online, Person};

/// Where first visits come from: source, medium, campaign, referring page.
const WAYS: [[&str; 4]; 6] = [
    ["google", "organic", "", "https://www.google.com/"],
    [
        "instagram",
        "paid_social",
        "autunno-aurora",
        "https://www.instagram.com/",
    ],
    [
        "google",
        "cpc",
        "capsule-compatibili",
        "https://www.google.com/",
    ],
    [
        "facebook",
        "paid_social",
        "cesti-natale",
        "https://www.facebook.com/",
    ],
    [
        "ilcaffedigiulia",
        "referral",
        "recensione-alba",
        "https://ilcaffedigiulia.example/",
    ],
    ["passaparola", "qr", "cartolina-bar", ""],
];
/// Free above.
const FREE_SHIPPING_CENTS: u32 = 3_500;
const SHIPPING_CENTS: u32 = 490;

/// The visits of one person on some days.
pub(super) fn write(pen: &mut Pen<'_>, person: &Person, online: &Online, days: &[u16]) {
    let Some(first) = days.first() else { return };
    let mut draw = Draw::of(pen.world.seed, "online visit", person.number, *first);
    pen.turn_to("web", person.number);
    for day in days.iter().copied().filter(|day| person.is_here(*day)) {
        let per_day = online.visits_per_year * pen.world.calendar.season(day) * 1000 / 365;
        // A first day has its visit: that is what brought them.
        let is_first = day == person.arrives;
        if is_first || draw.rarely(per_day) {
            visit(pen, person, online, day, &mut draw);
        }
    }
}

fn page_context(way: Option<&[&str; 4]>, path: &str) -> Body {
    let mut page = Body::new()
        .text("path", path)
        .text("url", &format!("https://aurora.example{path}"));
    let mut context = Body::new()
        .object("library", Body::new().text("name", "filo.js"))
        .text("locale", "it-IT")
        .text("timezone", "Europe/Rome");
    if let Some([source, medium, campaign, referrer]) = way {
        if !referrer.is_empty() {
            page = page.text("referrer", referrer);
        }
        if !campaign.is_empty() {
            let named = Body::new()
                .text("source", source)
                .text("medium", medium)
                .text("name", campaign);
            context = context.object("campaign", named);
        }
    }
    context.object("page", page)
}

fn visit(pen: &mut Pen<'_>, person: &Person, online: &Online, day: u16, draw: &mut Draw) {
    let minute = draw.between(9 * 60, 23 * 60);
    let mut second = 0;
    let mut later = |pen: &Pen<'_>, draw: &mut Draw| {
        second += draw.between(15, 100);
        pen.world.calendar.at(day, minute, second)
    };
    let way = (day == person.arrives || draw.happens(120)).then(|| draw.pick(&WAYS));
    let is_christmas = pen.world.calendar.season(day) > 2000;
    let basket = Basket::online(draw, is_christmas);
    let product = basket.first();
    let path = format!("/prodotti/{}", product.sku.to_ascii_lowercase());
    let user = online.user_id.as_deref().filter(|_| day > person.arrives);
    let at_site = |draft: Draft, path: &str| {
        draft
            .user(user)
            .device(&online.device)
            .context(page_context(None, path))
    };
    let viewed = || described(product);
    let home = Draft::page("Home", later(pen, draw))
        .user(user)
        .device(&online.device)
        .context(page_context(way, "/"));
    pen.write(Source::Web, home);
    if draw.happens(500) {
        let list = Draft::track("Product List Viewed", later(pen, draw))
            .with(Body::new().text("category", product.category));
        pen.write(Source::Web, at_site(list, "/prodotti"));
    }
    for _ in 0..draw.between(1, 3) {
        let seen = Draft::track("Product Viewed", later(pen, draw)).with(viewed());
        pen.write(Source::Web, at_site(seen, &path));
    }
    if !draw.happens(if online.is_stranger { 200 } else { 620 }) {
        return;
    }
    let added =
        Draft::track("Product Added", later(pen, draw)).with(viewed().number("quantity", 1));
    pen.write(Source::Web, at_site(added, &path));
    // More than a third of the carts are left behind, and all those of strangers.
    if online.is_stranger || draw.happens(380) {
        return;
    }
    let checkout = Draft::track("Checkout Started", later(pen, draw)).with(
        Body::new()
            .money("value", basket.cents())
            .text("currency", "EUR"),
    );
    pen.write(Source::Web, at_site(checkout, "/cassa"));
    // Here they say who they are, in a form that anybody could fill in: a claim.
    let told = person.traits().text("email", &person.email);
    let told = Draft::identify(later(pen, draw), told)
        .user(online.user_id.as_deref())
        .device(&online.device)
        .context(page_context(None, "/cassa"));
    pen.write(Source::Web, told);
    let at_second = minute * 60 + second + 30;
    order(
        pen,
        person,
        online,
        &Sale {
            day,
            at_second,
            basket,
        },
        draw,
    );
}

/// A product as the site names it.
fn described(product: &Product) -> Body {
    Body::new()
        .text("sku", product.sku)
        .text("name", product.name)
        .text("category", product.category)
        .money("price", product.cents)
        .text("currency", "EUR")
}

struct Sale {
    day: u16,
    at_second: u32,
    basket: Basket,
}

/// What the shop's own system says of the order.
fn order(pen: &mut Pen<'_>, person: &Person, online: &Online, sale: &Sale, draw: &mut Draw) {
    let id = format!("W{:05}-{:03}", person.number, sale.day);
    let at = pen.world.calendar.at(sale.day, 0, sale.at_second);
    let phone = online.gives_phone.then_some(person.phone.as_str());
    let whose = |draft: Draft| {
        draft
            .user(online.user_id.as_deref())
            .channel("web")
            .whose(Some(&person.email), phone)
    };
    let address = Draft::identify(at, person.whole_traits());
    pen.write(Source::Orders, whose(address));
    let shipping = if sale.basket.cents() < FREE_SHIPPING_CENTS {
        SHIPPING_CENTS
    } else {
        0
    };
    let mut properties = sale.basket.order(&id, shipping);
    if draw.happens(90) {
        properties = properties.text("coupon", "CAFFE10");
    }
    let placed = Draft::track("Order Completed", at).with(properties);
    pen.write(Source::Orders, whose(placed));
    if draw.happens(35) {
        let back = sale.basket.first().cents;
        let properties = Body::new()
            .text("order_id", &id)
            .money("total", back)
            .text("currency", "EUR")
            .text(
                "reason",
                draw.pick::<&str>(&["arrivato rotto", "prodotto sbagliato", "ripensamento"]),
            );
        let day = sale.day + draw.day(3, 12);
        let at = pen.world.calendar.at(day, draw.between(540, 1080), 0);
        let refund = Draft::track("Order Refunded", at).with(properties);
        pen.write(Source::Orders, whose(refund));
    }
    if draw.happens(110) {
        let score = *draw.pick_early(&[10, 9, 9, 8, 10, 7, 6, 3]);
        let answer = Body::new()
            .text("survey", "nps")
            .number("score", score)
            .text("order_id", &id);
        let day = sale.day + draw.day(6, 10);
        let at = pen.world.calendar.at(day, draw.between(540, 1300), 0);
        let answered = Draft::track("Survey Answered", at).with(answer);
        pen.write(Source::Orders, whose(answered).channel("email"));
    }
    if draw.happens(40) {
        let review = Body::new()
            .text("sku", sale.basket.first().sku)
            .number("rating", draw.between(3, 5))
            .text("order_id", &id);
        let at = pen.world.calendar.at(sale.day + draw.day(5, 20), 1200, 0);
        let reviewed = Draft::track("Product Reviewed", at).with(review);
        pen.write(Source::Orders, whose(reviewed));
    }
}
