//! The console: pages rendered here, forms that work without a script.
//!
//! **Invariant:** every route that changes something takes [`posted::Posted`], which checks
//! session, power, origin and token; a GET never changes anything.

mod account;
mod alert;
mod analysis;
mod annotation;
mod approval;
mod asset;
mod audience;
mod buyer;
mod component;
mod computed;
mod customer_list;
pub(crate) mod data_request;
mod duplicate;
mod failure;
mod framed;
mod import;
mod incident;
mod invitation;
mod journey;
mod layer;
mod live;
mod login;
mod message;
mod monday;
mod people;
mod person;
mod persona;
mod piece;
mod posted;
mod privacy;
mod problem;
mod promotion;
mod quality;
mod quarantine;
mod refusal;
mod ruling;
mod second_factor;
mod segment;
mod session;
mod settings;
mod sign_on;
mod site_message;
mod source;
mod suppression;
mod task;
mod today;
mod users;

pub use monday::write as write_monday;

use std::str::FromStr;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use failure::Failure;
use filo_app::App;
use http::{HeaderName, HeaderValue, StatusCode};
use maud::Markup;

/// Read by every browser, like the element of the same name.
const REFRESH: HeaderName = HeaderName::from_static("refresh");
const REFRESH_SECONDS: &str = "2";
/// A repaired event of 64 kB takes up to three times that as a form.
const FORM_BYTES_MOST: usize = 256 << 10;

/// Address, what it shows or does; who may is in the handler's argument.
#[rustfmt::skip]
#[expect(clippy::too_many_lines, reason = "a table is read as one")]
pub(crate) fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/",                                   get(today::show))
        .route("/login",                              get(login::form).post(login::log_in))
        .route("/login/code",                         get(login::code_form).post(login::give_code))
        .route("/login/sign-on",                      get(sign_on::back).post(sign_on::begin))
        .route("/login/sign-on/return",               post(sign_on::finish))
        .route("/invite/sign-on",                     post(sign_on::begin_invited))
        .route("/account/sign-on",                    post(sign_on::begin_link))
        .route("/account/sign-on/removal",            post(sign_on::unlink))
        .route("/login/link",                         post(login::log_in_with_link))
        .route("/logout",                             post(login::log_out))
        .route("/welcome",                            post(invitation::make_owner))
        .route("/invite",                             get(invitation::invited).post(invitation::accept))
        .route("/reset",                              get(invitation::forgotten).post(invitation::set_password))
        .route("/account",                            get(account::show).post(account::change))
        .route("/account/password",                   post(account::change_password))
        .route("/account/confirm",                    get(account::ask).post(account::confirm))
        .route("/account/sessions/{id}/end",          post(account::end_session))
        .route("/account/sessions/end-others",        post(account::end_others))
        .route("/account/second-factor",              get(second_factor::show).post(second_factor::offer))
        .route("/account/second-factor/code",         post(second_factor::confirm))
        .route("/account/second-factor/removal",      post(second_factor::remove))
        .route("/account/second-factor/codes",        post(second_factor::fresh_codes))
        .route("/users",                              get(users::list))
        .route("/users/second-factor",                post(users::require_second_factor))
        .route("/users/{id}/role",                    post(users::set_role))
        .route("/users/{id}/disabling",               post(users::disable))
        .route("/users/{id}/enabling",                post(users::enable))
        .route("/users/{id}/reset",                   post(users::password_link))
        .route("/invites",                            post(users::invite))
        .route("/invites/{id}/revocation",            post(users::revoke_invite))
        .route("/people",                             get(people::list))
        .route("/people/suggestions",                 get(people::suggestions))
        .route("/people/bulk",                        get(people::bulk::preview))
        .route("/people/notes",                       post(people::bulk::note))
        .route("/people/export",                      post(people::bulk::download))
        .route("/people/acts/{act}/undo",             post(people::bulk::undo))
        .route("/people/views",                       post(people::view::save))
        .route("/people/views/{view}",                post(people::view::rename))
        .route("/people/views/{view}/removal",        post(people::view::remove))
        .route("/people/{id}",                        get(person::show))
        .route("/people/{id}/notes",                  post(person::add_note))
        .route("/people/{id}/notes/{note}/removal",   post(person::remove_note))
        .route("/people/{id}/consents",               get(person::consent::show).post(person::record_consent))
        .route("/people/{id}/consents/certificate",   get(person::consent::certificate::show))
        .route("/people/{id}/consents/certificate.json", get(person::consent::certificate::file))
        .route("/people/{id}/confirmations",          post(person::consent::ask_to_confirm))
        .route("/people/{id}/messages",               get(message::form).post(message::send))
        .route("/people/{id}/privacy",                get(privacy::show))
        .route("/people/{id}/dossier",                post(privacy::copy_of))
        .route("/people/{id}/erasure",                post(privacy::erase))
        .route("/people/listing",                     post(people::listing::say))
        .route("/people/{id}/lists",                  post(person::list::add))
        .route("/people/{id}/lists/{list}/removal",   post(person::list::remove))
        .route("/lists",                              get(customer_list::list).post(customer_list::create))
        .route("/lists/new",                          get(customer_list::new_form))
        .route("/lists/{id}",                         get(customer_list::show).post(customer_list::change))
        .route("/lists/{id}/members",                 post(customer_list::add))
        .route("/lists/{id}/members/removal",         post(customer_list::remove))
        .route("/lists/{id}/archiving",               post(customer_list::archive))
        .route("/lists/{id}/restoring",               post(customer_list::restore))
        .route("/lists/acts/{act}/undo",              post(customer_list::undo))
        .route("/segments",                           get(segment::list).post(segment::create))
        .route("/segments/new",                       get(segment::new_form))
        .route("/segments/{id}",                      get(segment::show).post(segment::change))
        .route("/segments/{id}/edit",                 get(segment::edit_form))
        .route("/segments/{id}/people",               get(segment::look))
        .route("/segments/{id}/people/{customer}",    get(segment::why))
        .route("/segments/{id}/overlap",              get(segment::overlap))
        .route("/segments/{id}/archiving",            post(segment::archive))
        .route("/segments/{id}/restoring",            post(segment::restore))
        .route("/audiences",                          get(audience::list).post(audience::create))
        .route("/audiences/new",                      get(audience::new_form))
        .route("/audiences/{id}",                     get(audience::show).post(audience::change))
        .route("/audiences/{id}/pausing",             post(audience::pause))
        .route("/audiences/{id}/resuming",            post(audience::resume))
        .route("/audiences/{id}/removal",             post(audience::remove))
        .route("/audiences/{id}/keeping",             post(audience::keep))
        .route("/audiences/{id}/test",                post(audience::test))
        .route("/audiences/{id}/telling",             post(audience::tell))
        .route("/audiences/{id}/files",               post(audience::close))
        .route("/audiences/{id}/files/{which}",       post(audience::download))
        .route("/pieces",                             get(piece::list).post(piece::create))
        .route("/pieces/new",                         get(piece::new_form))
        .route("/pieces/map",                         get(piece::map))
        .route("/pieces/sameness",                    get(piece::same))
        .route("/pieces/voice",                       get(piece::voice).post(piece::save_voice))
        .route("/pieces/{id}",                        get(piece::show).post(piece::change))
        .route("/pieces/{id}/edit",                   get(piece::edit_form))
        .route("/pieces/{id}/details",                post(piece::save_details))
        .route("/pieces/{id}/frame",                  get(piece::frame).post(piece::try_out))
        .route("/pieces/{id}/history",                get(piece::history))
        .route("/pieces/{id}/return",                 post(piece::go_back))
        .route("/pieces/{id}/copying",                post(piece::copy))
        .route("/pieces/{id}/archiving",              post(piece::archive))
        .route("/pieces/{id}/restoring",              post(piece::restore))
        .route("/promotions",                         get(promotion::list).post(promotion::create))
        .route("/promotions/new",                     get(promotion::new_form))
        .route("/promotions/{id}",                    get(promotion::show).post(promotion::change))
        .route("/promotions/{id}/archiving",          post(promotion::archive))
        .route("/promotions/{id}/restoring",          post(promotion::restore))
        .route("/computed-traits",                    get(computed::list).post(computed::create))
        .route("/computed-traits/new",                get(computed::new_form))
        .route("/computed-traits/{id}",               get(computed::show).post(computed::change))
        .route("/computed-traits/{id}/edit",          get(computed::edit_form))
        .route("/computed-traits/{id}/archiving",     post(computed::archive))
        .route("/computed-traits/{id}/restoring",     post(computed::restore))
        .route("/journeys",                           get(journey::list).post(journey::create))
        .route("/journeys/{id}",                      get(journey::show))
        .route("/journeys/{id}/edit",                 get(journey::edit))
        .route("/journeys/{id}/steps",                post(journey::change_step))
        .route("/journeys/{id}/trigger",              post(journey::change_trigger))
        .route("/journeys/{id}/document",             post(journey::change_document))
        .route("/journeys/{id}/publishing",           get(journey::publishing).post(journey::publish))
        .route("/journeys/{id}/halting",              post(journey::halt))
        .route("/journeys/{id}/stopping",             get(journey::stopping))
        .route("/journeys/{id}/removal",              post(journey::remove))
        .route("/journeys/{id}/people",               get(journey::people).post(journey::enter))
        .route("/journeys/{id}/rehearsals",           get(journey::rehearsal::list).post(journey::rehearsal::start))
        .route("/rehearsals/{id}",                    get(journey::rehearsal::show))
        .route("/rehearsals/{id}/cancellation",       post(journey::rehearsal::cancel))
        .route("/rehearsals/{id}/removal",            post(journey::rehearsal::remove))
        .route("/rehearsals/{id}/people/{customer}",  get(journey::rehearsal::person))
        .route("/journeys/{id}/impact",               get(journey::behind))
        .route("/journeys/{id}/keeping",              post(journey::keep))
        .route("/journeys/{id}/shares",               post(journey::steer))
        .route("/runs/{id}",                          get(journey::run))
        .route("/runs/{id}/end",                      post(journey::end_run))
        .route("/tasks",                              get(task::list))
        .route("/tasks/{id}",                         get(task::show))
        .route("/tasks/{id}/outcome",                 post(task::finish))
        .route("/tasks/{id}/reopening",               post(task::reopen))
        .route("/personas",                           get(persona::show))
        .route("/personas/search",                    post(persona::seek))
        .route("/personas/{id}/name",                 post(persona::name))
        .route("/personas/{id}/segment",              post(persona::make_segment))
        .route("/persona-searches/{id}",              get(persona::show_search))
        .route("/persona-searches/{id}/adoption",     post(persona::adopt))
        .route("/persona-searches/{id}/withdrawal",   post(persona::withdraw))
        .route("/analysis",                           get(analysis::show))
        .route("/analysis/people",                    get(analysis::behind))
        .route("/analysis/paths",                     get(analysis::paths))
        .route("/analysis/paths/people",              get(analysis::path_behind))
        .route("/analysis/cohorts",                   get(analysis::cohorts))
        .route("/analysis/cohorts/people",            get(analysis::cohort_behind))
        .route("/analysis/reorder",                   get(analysis::reorder))
        .route("/analysis/reorder/people",            get(analysis::reorder_behind))
        .route("/analysis/worth",                     get(analysis::worth::show))
        .route("/analysis/worth/people",              get(analysis::worth::behind))
        .route("/analysis/leaving",                   get(analysis::leaving::show))
        .route("/analysis/leaving/people",            get(analysis::leaving::behind))
        .route("/analysis/compare",                   get(analysis::compare::show))
        .route("/analysis/compare/{metric}",          get(analysis::compare::one))
        .route("/analysis/compare/{metric}/people",   get(analysis::compare::behind))
        .route("/buyers",                             get(buyer::show))
        .route("/buyers/measuring",                   post(buyer::measure))
        .route("/messages",                           get(message::list))
        .route("/messages/{id}",                      get(message::show))
        .route("/messages/{id}/cancellation",         post(message::cancel))
        .route("/messages/{id}/again",                post(message::again))
        .route("/messages/{id}/approval",             post(approval::decide_one))
        .route("/messages/{id}/words",                get(message::rewriting).post(message::rewrite))
        .route("/approvals",                          get(approval::list))
        .route("/approvals/{journey}/{step}",         get(approval::show).post(approval::decide))
        .route("/decisions/{id}/second",              post(approval::second))
        .route("/decisions/{id}/withdrawal",          post(approval::withdraw))
        .route("/requests",                           get(data_request::list).post(data_request::enter))
        .route("/requests/new",                       get(data_request::new_form))
        .route("/requests/{id}",                      get(data_request::show))
        .route("/requests/{id}/check",                post(data_request::check))
        .route("/requests/{id}/extension",            post(data_request::extend))
        .route("/requests/{id}/answer",               post(data_request::answer))
        .route("/requests/{id}/refusal",              post(data_request::refuse))
        .route("/requests/{id}/reopening",            post(data_request::reopen))
        .route("/people/{id}/rulings/preview",        get(ruling::preview))
        .route("/people/{id}/rulings",                post(ruling::decide))
        .route("/people/{id}/joins/preview",          get(ruling::preview_join))
        .route("/duplicates",                         get(duplicate::show))
        .route("/duplicates/answers",                 post(duplicate::answer))
        .route("/duplicates/search",                  post(duplicate::search))
        .route("/duplicates/acceptance",              get(duplicate::preview).post(duplicate::accept))
        .route("/quality",                            get(quality::show))
        .route("/quality/findings",                   get(quality::list))
        .route("/quality/mending",                    get(quality::preview).post(quality::mend))
        .route("/quality/acts/{act}/undo",            post(quality::undo))
        .route("/quality/leaving",                    post(quality::leave))
        .route("/quality/leaving/undo",               post(quality::take_up))
        .route("/sources",                            get(source::list).post(source::create))
        .route("/sources/new",                        get(source::new_form))
        .route("/sources/{id}",                       get(source::show))
        .route("/sources/{id}/name",                  post(source::rename))
        .route("/sources/{id}/keys",                  post(source::add_key))
        .route("/sources/{id}/disabling",             post(source::disable))
        .route("/sources/{id}/enabling",              post(source::enable))
        .route("/keys/{id}/revocation",               post(source::revoke))
        .route("/keys/{id}/origins",                  post(source::set_origins))
        .route("/imports",                            get(import::show_list).post(import::upload).layer(DefaultBodyLimit::disable()))
        .route("/imports/{id}",                       get(import::show))
        .route("/imports/{id}/plan",                  post(import::plan))
        .route("/imports/{id}/subject",               post(import::choose_subject))
        .route("/imports/{id}/trial",                 post(import::try_out))
        .route("/imports/{id}/start",                 post(import::start))
        .route("/imports/{id}/cancellation",          post(import::stop))
        .route("/imports/{id}/rejected",              get(import::rejected))
        .route("/imports/{id}/people",                get(import::people))
        .route("/imports/{id}/undo",                  get(import::undo_preview).post(import::undo))
        .route("/imports/{id}/removal",               post(import::discard))
        .route("/live",                               get(live::show))
        .route("/live/events",                        get(live::events))
        .route("/quarantine",                         get(quarantine::list))
        .route("/quarantine/kin",                     get(quarantine::show_kin))
        .route("/quarantine/kin/repair",              post(quarantine::repair_kin))
        .route("/quarantine/kin/discard",             post(quarantine::discard_kin))
        .route("/quarantine/restoration",             post(quarantine::restore))
        .route("/quarantine/{id}",                    get(quarantine::show))
        .route("/quarantine/{id}/repair",             post(quarantine::repair))
        .route("/quarantine/{id}/discard",            post(quarantine::discard))
        .route("/incidents",                          get(incident::list))
        .route("/incidents/{id}/resolution",          post(incident::resolve))
        .route("/settings",                           get(settings::list))
        .route("/settings/company",                   get(settings::company::show).post(settings::company::save))
        .route("/settings/consent",                   get(settings::consent::show).post(settings::consent::save))
        .route("/settings/consent/removal",           post(settings::consent::remove))
        .route("/settings/consent/wordings",          post(settings::consent::add_wording))
        .route("/settings/messages",                  get(settings::message::show).post(settings::message::save))
        .route("/settings/tracking",                  get(settings::tracking::show).post(settings::tracking::save))
        .route("/settings/duplicates",                get(settings::duplicate::show).post(settings::duplicate::save))
        .route("/settings/identity",                  get(settings::rule::show).post(settings::rule::give))
        .route("/settings/identity/return",           post(settings::rule::go_back))
        .route("/settings/identity/trials/{id}/adoption", post(settings::rule::adopt))
        .route("/settings/sign-on",                   get(settings::sign_on::show).post(settings::sign_on::save))
        .route("/settings/sign-on/removal",           post(settings::sign_on::remove))
        .route("/settings/keys",                      get(settings::key::list).post(settings::key::create))
        .route("/settings/keys/{id}/revocation",      post(settings::key::revoke))
        .route("/settings/backups",                   get(settings::backup::list).post(settings::backup::start))
        .route("/settings/backups/schedule",          post(settings::backup::schedule))
        .route("/settings/erasures",                  get(privacy::erasure::list))
        .route("/settings/erasures/{id}",             get(privacy::erasure::show))
        .route("/settings/erasures/{id}/end",         post(privacy::erasure::end))
        .route("/settings/retention",                 get(settings::retention::show).post(settings::retention::save))
        .route("/settings/retention/preview",         get(settings::retention::preview))
        .route("/settings/register",                  get(settings::register::show).post(settings::register::save))
        .route("/settings/audit",                     get(settings::audit::list))
        .route("/settings/audit/export",              post(settings::audit::export))
        .route("/settings/mail",                      get(settings::mail::show).post(settings::mail::save))
        .route("/settings/mail/dkim",                 post(settings::mail::make_key))
        .route("/settings/mail/test",                 post(settings::mail::test))
        .route("/settings/mail/dns",                  get(settings::mail::records))
        .route("/settings/mail/folder",               get(settings::mail::folder))
        .route("/settings/mail/folder/{name}",        get(settings::mail::message))
        .route("/settings/mail/folder/{name}/drawn",  get(settings::mail::drawn))
        .route("/settings/mail/warm-up",              get(settings::mail::warm_up).post(settings::mail::save_warm_up))
        .route("/settings/mail/return-box",           get(settings::mail::return_box).post(settings::mail::save_return_box))
        .route("/settings/mail/return-box/test",      post(settings::mail::test_return_box))
        .route("/settings/mail/return-box/fetch",     post(settings::mail::fetch_returns))
        .route("/settings/mail/returns",              get(settings::mail::returns))
        .route("/settings/mail/returns/{id}",         get(settings::mail::one_return))
        .route("/settings/channels",                  get(settings::channel::list))
        .route("/settings/channels/in_app/preview",   get(settings::channel::preview))
        .route("/settings/channels/{medium}",         get(settings::channel::show).post(settings::channel::save))
        .route("/settings/channels/{medium}/test",    post(settings::channel::test))
        .route("/settings/channels/{medium}/connection", post(settings::channel::connect))
        .route("/settings/channels/{medium}/disconnection", post(settings::channel::disconnect))
        .route("/settings/channels/{medium}/removal", post(settings::channel::remove))
        .route("/settings/advertising",               get(settings::advertising::show))
        .route("/settings/advertising/{platform}",    post(settings::advertising::save))
        .route("/settings/advertising/{platform}/removal", post(settings::advertising::remove))
        .route("/settings/webhooks",                  get(settings::webhook::list).post(settings::webhook::create))
        .route("/settings/webhooks/{id}",             get(settings::webhook::show).post(settings::webhook::change))
        .route("/settings/webhooks/{id}/rotation",    post(settings::webhook::rotate))
        .route("/settings/webhooks/{id}/test",        post(settings::webhook::test))
        .route("/settings/webhooks/{id}/replay",      post(settings::webhook::replay_failed))
        .route("/settings/webhooks/{id}/removal",     post(settings::webhook::remove))
        .route("/settings/webhooks/{id}/deliveries/{delivery}/replay", post(settings::webhook::replay))
        .route("/incidents/{id}/reopening",           post(incident::reopen))
        .route("/suppressions",                       get(suppression::list).post(suppression::add))
        .route("/suppressions/{id}/lifting",          post(suppression::lift))
        .route("/components",                         get(component::show))
        .route("/problems/{code}",                    get(problem::show))
        .merge(alert::routes().merge(annotation::routes()))
        .merge(analysis::sql::routes().merge(settings::price::routes()))
        .merge(monday::routes())
        .fallback(missing)
        .layer(DefaultBodyLimit::max(FORM_BYTES_MOST))
        .layer(from_fn_with_state(app.clone(), layer::dress))
        .merge(asset::routes())
}

async fn missing() -> Failure {
    Failure::Missing
}

/// What a handler of the console gives.
type Answer = Result<Response, Failure>;

/// A page.
fn shown(page: Markup) -> Answer {
    Ok(page.into_response())
}

/// A page that asks for itself again while something goes on, so that it follows without a script.
fn shown_while(goes_on: bool, page: Markup) -> Answer {
    if !goes_on {
        return shown(page);
    }
    let again = [(REFRESH, HeaderValue::from_static(REFRESH_SECONDS))];
    Ok((again, page).into_response())
}

/// A page with a form that was not right.
fn wrong(page: Markup) -> Answer {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Back to a page after something was done.
fn done(address: &str) -> Answer {
    Ok(Redirect::to(address).into_response())
}

/// An id in the path; one that cannot be an id names nothing.
fn id<T: FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_not_one| Failure::Missing)
}
