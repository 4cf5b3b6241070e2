-- What the migrations give on PostgreSQL. Written by a test; do not edit.

-- columns
access_key.id bytea NOT NULL
access_key.source bigint
access_key.kind text COLLATE C NOT NULL
access_key.name text COLLATE C NOT NULL
access_key.shown text COLLATE C NOT NULL
access_key.hash bytea NOT NULL
access_key.scopes text COLLATE C NOT NULL
access_key.created_at bigint NOT NULL
access_key.expires_at bigint
access_key.revoked_at bigint
access_key.last_used_at bigint
access_key.origins text COLLATE C NOT NULL
alert.id bytea NOT NULL
alert.rule bytea NOT NULL
alert.subject text COLLATE C NOT NULL
alert.about text COLLATE C NOT NULL
alert.first_day text COLLATE C NOT NULL
alert.last_day text COLLATE C NOT NULL
alert.facts text COLLATE C NOT NULL
alert.raised_at bigint NOT NULL
alert.dismissed_at bigint
alert.dismissed_by text COLLATE C
alert_rule.id bytea NOT NULL
alert_rule.subject text COLLATE C NOT NULL
alert_rule.every text COLLATE C NOT NULL
alert_rule.direction text COLLATE C NOT NULL
alert_rule.percent bigint
alert_rule.people_least bigint NOT NULL
alert_rule.is_on bigint NOT NULL
alert_rule.version bigint NOT NULL
alert_rule.changed_at bigint NOT NULL
alert_rule.changed_by text COLLATE C NOT NULL
alert_rule.removed_at bigint
annotation.id bytea NOT NULL
annotation.first_day text COLLATE C NOT NULL
annotation.last_day text COLLATE C NOT NULL
annotation.words text COLLATE C NOT NULL
annotation.version bigint NOT NULL
annotation.created_at bigint NOT NULL
annotation.created_by text COLLATE C NOT NULL
annotation.changed_at bigint NOT NULL
annotation.changed_by text COLLATE C NOT NULL
annotation.removed_at bigint
app_user.id bytea NOT NULL
app_user.name text COLLATE C NOT NULL
app_user.email text COLLATE C NOT NULL
app_user.role text COLLATE C NOT NULL
app_user.language text COLLATE C NOT NULL
app_user.password text COLLATE C NOT NULL
app_user.credential_epoch bigint NOT NULL
app_user.factor_seed bytea
app_user.factor_since bigint
app_user.factor_step bigint NOT NULL
app_user.created_at bigint NOT NULL
app_user.disabled_at bigint
approval.id bytea NOT NULL
approval.journey bytea NOT NULL
approval.version bigint NOT NULL
approval.step text COLLATE C NOT NULL
approval.piece bytea NOT NULL
approval.piece_version bigint NOT NULL
approval.content bytea NOT NULL
approval.people bigint NOT NULL
approval.is_yes bigint NOT NULL
approval.is_standing bigint NOT NULL
approval.note text COLLATE C NOT NULL
approval.made_at bigint NOT NULL
approval.made_by bytea NOT NULL
approval.made_name text COLLATE C NOT NULL
approval.needs_second bigint NOT NULL
approval.seconded_at bigint
approval.seconded_name text COLLATE C NOT NULL
approval.withdrawn_at bigint
approval.withdrawn_name text COLLATE C NOT NULL
audience.id bytea NOT NULL
audience.name text COLLATE C NOT NULL
audience.description text COLLATE C NOT NULL
audience.platform text COLLATE C NOT NULL
audience.delivery text COLLATE C NOT NULL
audience.remote text COLLATE C NOT NULL
audience.segment bytea
audience.purpose text COLLATE C NOT NULL
audience.fields text COLLATE C NOT NULL
audience.version bigint NOT NULL
audience.created_at bigint NOT NULL
audience.created_by text COLLATE C NOT NULL
audience.changed_at bigint NOT NULL
audience.changed_by text COLLATE C NOT NULL
audience.paused_at bigint
audience.ending_at bigint
audience.due_at bigint NOT NULL
audience.failures bigint NOT NULL
audience.failing_since bigint
audience.last_success_at bigint
audience.last_failure_at bigint
audience.last_answer text COLLATE C NOT NULL
audience.sweep_stage bigint NOT NULL
audience.sweep_behind bytea NOT NULL
audience.swept_at bigint
audience.file_number bigint NOT NULL
audience.file_at bigint
audience_entry.audience bytea NOT NULL
audience_entry.address bytea NOT NULL
audience_entry.kind bigint NOT NULL
audience_entry.customer bytea
audience_entry.record text COLLATE C NOT NULL
audience_entry.todo bigint NOT NULL
audience_entry.is_there bigint NOT NULL
audience_entry.turn bigint NOT NULL
audience_entry.refused text COLLATE C
audience_entry.file bigint NOT NULL
audience_look.customer bytea NOT NULL
audience_look.turn bigint NOT NULL
audience_member.audience bytea NOT NULL
audience_member.customer bytea NOT NULL
audience_member.standing bigint NOT NULL
audience_member.look_at bigint
audit.seq bigint NOT NULL
audit.at bigint NOT NULL
audit.party text COLLATE C NOT NULL
audit.actor text COLLATE C
audit.act text COLLATE C NOT NULL
audit.subject text COLLATE C
audit.detail text COLLATE C NOT NULL
audit.hash bytea NOT NULL
audit_head.seq bigint NOT NULL
audit_head.hash bytea
bulk_act.id bytea NOT NULL
bulk_act.kind text COLLATE C NOT NULL
bulk_act.at bigint NOT NULL
bulk_act.actor text COLLATE C NOT NULL
bulk_act.question text COLLATE C NOT NULL
bulk_act.people bigint NOT NULL
bulk_act.customers bytea NOT NULL
bulk_act.undone_at bigint
bulk_act.list bytea
buyer_day.day bigint NOT NULL
buyer_day.measured_at bigint NOT NULL
buyer_day.measure text COLLATE C NOT NULL
call_check.node bytea NOT NULL
call_check.checked_at bigint NOT NULL
call_check.listed_since bigint
computed_trait.id bytea NOT NULL
computed_trait.key text COLLATE C NOT NULL
computed_trait.label text COLLATE C NOT NULL
computed_trait.recipe text COLLATE C NOT NULL
computed_trait.version bigint NOT NULL
computed_trait.created_at bigint NOT NULL
computed_trait.created_by text COLLATE C NOT NULL
computed_trait.changed_at bigint NOT NULL
computed_trait.changed_by text COLLATE C NOT NULL
computed_trait.filled_at bigint
computed_trait.archived_at bigint
confirmation.id bytea NOT NULL
confirmation.node bytea NOT NULL
confirmation.purpose text COLLATE C NOT NULL
confirmation.channel text COLLATE C NOT NULL
confirmation.wording text COLLATE C NOT NULL
confirmation.asked_at bigint NOT NULL
confirmation.expires_at bigint NOT NULL
confirmation.confirmed_at bigint
customer.id bytea NOT NULL
customer.name text COLLATE C
customer.email text COLLATE C
customer.phone text COLLATE C
customer.first_seen bigint NOT NULL
customer.last_seen bigint NOT NULL
customer.events bigint NOT NULL
customer.orders bigint NOT NULL
customer.revenue_cents bigint NOT NULL
customer.currency text COLLATE C
customer.node_count bigint NOT NULL
customer.terms text COLLATE C NOT NULL
customer.name_key text COLLATE C NOT NULL
customer.facets bigint NOT NULL
customer.birthday bigint NOT NULL
customer.first_source bigint NOT NULL
customer_list.id bytea NOT NULL
customer_list.name text COLLATE C NOT NULL
customer_list.description text COLLATE C NOT NULL
customer_list.version bigint NOT NULL
customer_list.created_at bigint NOT NULL
customer_list.created_by text COLLATE C NOT NULL
customer_list.changed_at bigint NOT NULL
customer_list.changed_by text COLLATE C NOT NULL
customer_list.archived_at bigint
customer_list_member.list bytea NOT NULL
customer_list_member.customer bytea NOT NULL
customer_list_member.joined_at bigint NOT NULL
customer_list_member.joined_by text COLLATE C NOT NULL
customer_term.term text COLLATE C NOT NULL
customer_term.customer bytea NOT NULL
data_request.id bytea NOT NULL
data_request.wish text COLLATE C NOT NULL
data_request.way text COLLATE C NOT NULL
data_request.stage text COLLATE C NOT NULL
data_request.contact text COLLATE C NOT NULL
data_request.node bytea
data_request.message text COLLATE C NOT NULL
data_request.received_at bigint NOT NULL
data_request.due_at bigint NOT NULL
data_request.checked_at bigint
data_request.proof text COLLATE C
data_request.extended_at bigint
data_request.extension_reason text COLLATE C NOT NULL
data_request.closed_at bigint
data_request.closing_note text COLLATE C NOT NULL
data_request.erasure bytea
duplicate.a bytea NOT NULL
duplicate.b bytea NOT NULL
duplicate.status bigint NOT NULL
duplicate.chance bigint NOT NULL
duplicate.parts text COLLATE C NOT NULL
duplicate.found_at bigint NOT NULL
engine_position.name text COLLATE C NOT NULL
engine_position.applied bigint NOT NULL
engine_position.flushed bigint NOT NULL
erasure.id bytea NOT NULL
erasure.at bigint NOT NULL
erasure.actor text COLLATE C NOT NULL
erasure.ground text COLLATE C NOT NULL
erasure.nodes bytea NOT NULL
erasure.receipt text COLLATE C NOT NULL
erasure.finished_at bigint
idempotency.key_hash bytea NOT NULL
idempotency.request_hash bytea NOT NULL
idempotency.status bigint
idempotency.body bytea
idempotency.at bigint NOT NULL
import_plan.fingerprint bytea NOT NULL
import_plan.plan text COLLATE C NOT NULL
import_plan.saved_at bigint NOT NULL
import_plan.actor text COLLATE C NOT NULL
import_run.id bytea NOT NULL
import_run.file_name text COLLATE C NOT NULL
import_run.file_hash bytea NOT NULL
import_run.file_bytes bigint NOT NULL
import_run.fingerprint bytea NOT NULL
import_run.subject text COLLATE C NOT NULL
import_run.plan text COLLATE C NOT NULL
import_run.state bigint NOT NULL
import_run.job bytea
import_run.trial text COLLATE C
import_run.counts text COLLATE C
import_run.failure text COLLATE C
import_run.received_at bigint
import_run.source bigint
import_run.generation bigint NOT NULL
import_run.actor text COLLATE C NOT NULL
import_run.created_at bigint NOT NULL
import_run.begun_at bigint
import_run.ended_at bigint
import_run.undone_at bigint
import_run.undone_by text COLLATE C
import_run.file_gone_at bigint
incident.id bytea NOT NULL
incident.kind text COLLATE C NOT NULL
incident.subject text COLLATE C NOT NULL
incident.detail text COLLATE C NOT NULL
incident.first_at bigint NOT NULL
incident.last_at bigint NOT NULL
incident.count bigint NOT NULL
incident.resolved_at bigint
invite.id bytea NOT NULL
invite.hash bytea NOT NULL
invite.email text COLLATE C NOT NULL
invite.role text COLLATE C NOT NULL
invite.invited_by text COLLATE C NOT NULL
invite.created_at bigint NOT NULL
invite.expires_at bigint NOT NULL
invite.used_at bigint
invite.revoked_at bigint
job.id bytea NOT NULL
job.kind text COLLATE C NOT NULL
job.parameters text COLLATE C NOT NULL
job.actor text COLLATE C NOT NULL
job.created_at bigint NOT NULL
job.state bigint NOT NULL
job.step text COLLATE C NOT NULL
job.done bigint NOT NULL
job.total bigint NOT NULL
job.cancel_asked bigint NOT NULL
job.begun_at bigint
job.ended_at bigint
job.outcome text COLLATE C
journey.id bytea NOT NULL
journey.name text COLLATE C NOT NULL
journey.description text COLLATE C NOT NULL
journey.status text COLLATE C NOT NULL
journey.draft text COLLATE C NOT NULL
journey.version bigint NOT NULL
journey.published bigint NOT NULL
journey.created_at bigint NOT NULL
journey.created_by text COLLATE C NOT NULL
journey.changed_at bigint NOT NULL
journey.changed_by text COLLATE C NOT NULL
journey.started_at bigint
journey.filled_at bigint
journey.broadcast_after bytea
journey.seen_to bigint
journey_event.id bytea NOT NULL
journey_event.run bytea NOT NULL
journey_event.thread bytea NOT NULL
journey_event.at bigint NOT NULL
journey_event.kind text COLLATE C NOT NULL
journey_event.name text COLLATE C NOT NULL
journey_event.properties text COLLATE C NOT NULL
journey_line.run bytea NOT NULL
journey_line.number bigint NOT NULL
journey_line.at bigint NOT NULL
journey_line.step text COLLATE C NOT NULL
journey_line.what text COLLATE C NOT NULL
journey_line.detail text COLLATE C NOT NULL
journey_occurrence.journey bytea NOT NULL
journey_occurrence.at bigint NOT NULL
journey_occurrence.outcome text COLLATE C NOT NULL
journey_occurrence.begun_at bigint
journey_occurrence.ended_at bigint
journey_occurrence.entered bigint NOT NULL
journey_run.id bytea NOT NULL
journey_run.journey bytea NOT NULL
journey_run.version bigint NOT NULL
journey_run.thread bytea NOT NULL
journey_run.customer bytea NOT NULL
journey_run.subject bytea NOT NULL
journey_run.run_key text COLLATE C NOT NULL
journey_run.why text COLLATE C NOT NULL
journey_run.entered_at bigint NOT NULL
journey_run.step text COLLATE C NOT NULL
journey_run.stand text COLLATE C NOT NULL
journey_run.stand_at bigint
journey_run.echo bytea
journey_run.since bigint NOT NULL
journey_run.wakes_at bigint
journey_run.goal_at bigint
journey_run.ended_at bigint
journey_run.ending text COLLATE C NOT NULL
journey_run.lines bigint NOT NULL
journey_run.held_back bigint NOT NULL
journey_run.holdout_percent bigint NOT NULL
journey_run.entered_version bigint NOT NULL
journey_share.journey bytea NOT NULL
journey_share.step text COLLATE C NOT NULL
journey_share.ways text COLLATE C NOT NULL
journey_share.number bigint NOT NULL
journey_share.since bigint NOT NULL
journey_share.shares text COLLATE C NOT NULL
journey_share.reason text COLLATE C NOT NULL
journey_share.seen text COLLATE C NOT NULL
journey_share.made_by text COLLATE C NOT NULL
journey_version.journey bytea NOT NULL
journey_version.version bigint NOT NULL
journey_version.document text COLLATE C NOT NULL
journey_version.published_at bigint NOT NULL
journey_version.published_by text COLLATE C NOT NULL
lake_file.name text COLLATE C NOT NULL
lake_file.level bigint NOT NULL
lake_file.month bigint NOT NULL
lake_file.events bigint NOT NULL
lake_file.bytes bigint NOT NULL
lake_file.min_at bigint NOT NULL
lake_file.max_at bigint NOT NULL
lake_file.first_seq bigint NOT NULL
lake_file.last_seq bigint NOT NULL
lake_file.created_at bigint NOT NULL
lake_file.seen_name text COLLATE C NOT NULL
lake_file.seen_bytes bigint NOT NULL
link.a bytea NOT NULL
link.b bytea NOT NULL
link.trust bigint NOT NULL
link.at bigint NOT NULL
link.event bytea NOT NULL
link.verdict bigint NOT NULL
link.state bytea NOT NULL
log.seq bigint NOT NULL
log.received_at bigint NOT NULL
log.events bigint NOT NULL
log.payload bytea NOT NULL
log_head.seq bigint NOT NULL
mail_click.message bytea NOT NULL
mail_click.link bytea NOT NULL
mail_click.people bigint NOT NULL
mail_click.machines bigint NOT NULL
mail_click.first_at bigint NOT NULL
mail_click.last_at bigint NOT NULL
mail_count.link bytea NOT NULL
mail_count.day bigint NOT NULL
mail_count.sent bigint NOT NULL
mail_count.people bigint NOT NULL
mail_count.machines bigint NOT NULL
mail_hit.link bytea NOT NULL
mail_hit.sender bytea NOT NULL
mail_hit.is_machine bigint NOT NULL
mail_hit.message bytea
mail_hit.at bigint NOT NULL
mail_link.id bytea NOT NULL
mail_link.journey bytea NOT NULL
mail_link.step text COLLATE C NOT NULL
mail_link.piece bytea NOT NULL
mail_link.url text COLLATE C NOT NULL
mail_return.id bytea NOT NULL
mail_return.at bigint NOT NULL
mail_return.class text COLLATE C NOT NULL
mail_return.node bytea
mail_return.address text COLLATE C NOT NULL
mail_return.message bytea
mail_return.code text COLLATE C NOT NULL
mail_return.basis text COLLATE C NOT NULL
mail_return.said text COLLATE C NOT NULL
mail_return.effect text COLLATE C NOT NULL
mail_return.hash bytea NOT NULL
mail_return.raw text COLLATE C NOT NULL
message.id bytea NOT NULL
message.origin_key text COLLATE C NOT NULL
message.origin text COLLATE C NOT NULL
message.customer bytea NOT NULL
message.medium text COLLATE C NOT NULL
message.class text COLLATE C NOT NULL
message.purpose text COLLATE C NOT NULL
message.value bigint NOT NULL
message.weight bigint NOT NULL
message.content text COLLATE C NOT NULL
message.planned_at bigint NOT NULL
message.expires_at bigint NOT NULL
message.state bigint NOT NULL
message.due_at bigint NOT NULL
message.tries bigint NOT NULL
message.claimed_at bigint
message.ended_at bigint
message.address bytea
message.proof bytea
message.basis text COLLATE C
message.answer text COLLATE C
message.asked_about text COLLATE C
message.approval bytea
message.mail_provider text COLLATE C
message.fallbacks text COLLATE C NOT NULL
message_copy.message bytea NOT NULL
message_copy.subject text COLLATE C NOT NULL
message_copy.body text COLLATE C NOT NULL
message_copy.html text COLLATE C NOT NULL
message_price.version bigint NOT NULL
message_price.since bigint NOT NULL
message_price.document text COLLATE C NOT NULL
message_receipt.message bytea NOT NULL
message_receipt.carrier_id text COLLATE C NOT NULL
message_receipt.delivered_at bigint
message_receipt.read_at bigint
message_receipt.failed_at bigint
message_receipt.code text COLLATE C NOT NULL
message_shown.message bytea NOT NULL
message_shown.browser bytea NOT NULL
message_shown.times bigint NOT NULL
message_shown.first_at bigint NOT NULL
message_shown.last_at bigint NOT NULL
message_shown.ended_at bigint
message_shown.ended_by text COLLATE C
message_spent.journey bytea NOT NULL
message_spent.version bigint NOT NULL
message_spent.day text COLLATE C NOT NULL
message_spent.item text COLLATE C NOT NULL
message_spent.currency text COLLATE C NOT NULL
message_spent.price bigint NOT NULL
message_spent.units bigint NOT NULL
message_spent.kept bigint NOT NULL
message_verdict.message bytea NOT NULL
message_verdict.number bigint NOT NULL
message_verdict.at bigint NOT NULL
message_verdict.outcome text COLLATE C NOT NULL
message_verdict.until bigint
message_verdict.findings text COLLATE C NOT NULL
migration.number bigint NOT NULL
migration.name text COLLATE C NOT NULL
monday_reader.user_id bytea NOT NULL
monday_reader.weekday bigint NOT NULL
monday_reader.hour bigint NOT NULL
monday_reader.since bigint NOT NULL
monday_reader.week text COLLATE C NOT NULL
monday_reader.message bytea
monday_reader.tried_at bigint
monday_reader.sent_at bigint
monday_reader.outcome text COLLATE C NOT NULL
node.id bytea NOT NULL
node.kind bigint NOT NULL
node.value text COLLATE C NOT NULL
node.customer bytea NOT NULL
node.state bytea NOT NULL
pace.lane text COLLATE C NOT NULL
pace.filled_us bigint NOT NULL
pace.at bigint NOT NULL
pace.slower bigint NOT NULL
pace.clean bigint NOT NULL
pace.until bigint NOT NULL
password_reset.hash bytea NOT NULL
password_reset.owner bytea NOT NULL
password_reset.expires_at bigint NOT NULL
password_reset.used_at bigint
persona.id bytea NOT NULL
persona.name text COLLATE C NOT NULL
persona.note text COLLATE C NOT NULL
persona.version bigint NOT NULL
persona.named_at bigint NOT NULL
persona.named_by text COLLATE C NOT NULL
persona_run.id bytea NOT NULL
persona_run.job bytea NOT NULL
persona_run.seed bigint NOT NULL
persona_run.begun_at bigint NOT NULL
persona_run.begun_by text COLLATE C NOT NULL
persona_run.ended_at bigint
persona_run.document text COLLATE C NOT NULL
persona_run.adoption bigint
persona_run.adopted_at bigint
persona_run.adopted_by text COLLATE C NOT NULL
persona_typical.run bytea NOT NULL
persona_typical.persona bytea NOT NULL
persona_typical.place bigint NOT NULL
persona_typical.customer bytea NOT NULL
piece.id bytea NOT NULL
piece.name text COLLATE C NOT NULL
piece.document text COLLATE C NOT NULL
piece.version bigint NOT NULL
piece.created_at bigint NOT NULL
piece.created_by text COLLATE C NOT NULL
piece.changed_at bigint NOT NULL
piece.changed_by text COLLATE C NOT NULL
piece.archived_at bigint
piece_version.piece bytea NOT NULL
piece_version.version bigint NOT NULL
piece_version.document text COLLATE C NOT NULL
piece_version.made_at bigint NOT NULL
piece_version.made_by text COLLATE C NOT NULL
promotion.id bytea NOT NULL
promotion.name text COLLATE C NOT NULL
promotion.document text COLLATE C NOT NULL
promotion.version bigint NOT NULL
promotion.created_at bigint NOT NULL
promotion.created_by text COLLATE C NOT NULL
promotion.changed_at bigint NOT NULL
promotion.changed_by text COLLATE C NOT NULL
promotion.archived_at bigint
quality_day.day bigint NOT NULL
quality_day.scope text COLLATE C NOT NULL
quality_day.subject text COLLATE C NOT NULL
quality_day.people bigint NOT NULL
quality_day.completeness bigint
quality_day.validity bigint
quality_day.freshness bigint
quality_day.uniqueness bigint
quality_day.consistency bigint
quality_finding.customer bytea NOT NULL
quality_finding.reason text COLLATE C NOT NULL
quality_finding.field text COLLATE C NOT NULL
quality_finding.raw text COLLATE C NOT NULL
quality_finding.proposal text COLLATE C
quality_finding.gain text COLLATE C
quality_ignored.customer bytea NOT NULL
quality_ignored.reason text COLLATE C NOT NULL
quality_ignored.field text COLLATE C NOT NULL
quality_ignored.raw text COLLATE C NOT NULL
quality_ignored.actor text COLLATE C NOT NULL
quality_ignored.at bigint NOT NULL
quality_key.node bytea NOT NULL
quality_key.customer bytea NOT NULL
quality_key.field text COLLATE C NOT NULL
quality_key.source bigint
quality_mended.act bytea NOT NULL
quality_mended.customer bytea NOT NULL
quality_mended.field text COLLATE C NOT NULL
quality_mended.former text COLLATE C NOT NULL
quality_mended.proposal text COLLATE C NOT NULL
quality_person.customer bytea NOT NULL
quality_person.events bigint NOT NULL
quality_person.node_count bigint NOT NULL
quality_person.checks bigint NOT NULL
quality_person.marks bytea NOT NULL
quality_person.history bytea NOT NULL
quarantine.id bytea NOT NULL
quarantine.source bigint
quarantine.received_at bigint NOT NULL
quarantine.code text COLLATE C NOT NULL
quarantine.field text COLLATE C
quarantine.hint text COLLATE C NOT NULL
quarantine.body bytea NOT NULL
quarantine.status text COLLATE C NOT NULL
quarantine.repaired_at bigint
quarantine.actor text COLLATE C
recovery_code.owner bytea NOT NULL
recovery_code.hash bytea NOT NULL
recovery_code.used_at bigint
rehearsal.id bytea NOT NULL
rehearsal.journey bytea NOT NULL
rehearsal.job bytea NOT NULL
rehearsal.asked text COLLATE C NOT NULL
rehearsal.begun_at bigint NOT NULL
rehearsal.begun_by text COLLATE C NOT NULL
rehearsal.ended_at bigint
rehearsal.report text COLLATE C NOT NULL
rehearsal_person.rehearsal bytea NOT NULL
rehearsal_person.customer bytea NOT NULL
rehearsal_person.entered_at bigint NOT NULL
rehearsal_person.runs bigint NOT NULL
rehearsal_person.messages text COLLATE C NOT NULL
retention_run.id bytea NOT NULL
retention_run.due_at bigint NOT NULL
retention_run.begun_at bigint
retention_run.ended_at bigint
retention_run.gone text COLLATE C NOT NULL
retention_run.failure text COLLATE C
return_box.mailbox text COLLATE C NOT NULL
return_box.uid_validity bigint NOT NULL
return_box.last_uid bigint NOT NULL
return_box.looked_at bigint
return_box.due_at bigint NOT NULL
return_box.failures bigint NOT NULL
return_box.failing_since bigint
return_box.fault text COLLATE C NOT NULL
return_box.taken bigint NOT NULL
return_box.left_alone bigint NOT NULL
return_box_mail.mail_id bytea NOT NULL
return_box_mail.at bigint NOT NULL
saved_query.id bytea NOT NULL
saved_query.name text COLLATE C NOT NULL
saved_query.statement text COLLATE C NOT NULL
saved_query.version bigint NOT NULL
saved_query.created_at bigint NOT NULL
saved_query.created_by text COLLATE C NOT NULL
saved_query.changed_at bigint NOT NULL
saved_query.changed_by text COLLATE C NOT NULL
saved_query.removed_at bigint
sealed_secret.place text COLLATE C NOT NULL
sealed_secret.owner bytea NOT NULL
sealed_secret.sealed bytea NOT NULL
sealed_secret.updated_at bigint NOT NULL
segment.id bytea NOT NULL
segment.name text COLLATE C NOT NULL
segment.description text COLLATE C NOT NULL
segment.definition text COLLATE C NOT NULL
segment.version bigint NOT NULL
segment.created_at bigint NOT NULL
segment.created_by text COLLATE C NOT NULL
segment.changed_at bigint NOT NULL
segment.changed_by text COLLATE C NOT NULL
segment.filled_at bigint
segment.archived_at bigint
segment_member.segment bytea NOT NULL
segment_member.customer bytea NOT NULL
segment_member.entered_at bigint NOT NULL
segment_turn.number bigint NOT NULL
segment_turn.segment bytea NOT NULL
segment_turn.customer bytea NOT NULL
segment_turn.at bigint NOT NULL
segment_turn.is_in bigint NOT NULL
segment_turn.occasion text COLLATE C NOT NULL
segment_turn.event bytea
segment_wake.customer bytea NOT NULL
segment_wake.at bigint NOT NULL
session.id bytea NOT NULL
session.hash bytea NOT NULL
session.owner bytea
session.epoch bigint NOT NULL
session.stage text COLLATE C NOT NULL
session.agent text COLLATE C NOT NULL
session.created_at bigint NOT NULL
session.last_seen_at bigint NOT NULL
session.confirmed_at bigint NOT NULL
session.expires_at bigint NOT NULL
setting.name text COLLATE C NOT NULL
setting.value text COLLATE C NOT NULL
setting.version bigint NOT NULL
setting.updated_at bigint NOT NULL
sign_on_journey.state bytea NOT NULL
sign_on_journey.ticket bytea NOT NULL
sign_on_journey.nonce text COLLATE C NOT NULL
sign_on_journey.verifier text COLLATE C NOT NULL
sign_on_journey.issuer text COLLATE C NOT NULL
sign_on_journey.owner bytea
sign_on_journey.invite bytea
sign_on_journey.next text COLLATE C NOT NULL
sign_on_journey.expires_at bigint NOT NULL
sign_on_link.issuer text COLLATE C NOT NULL
sign_on_link.subject text COLLATE C NOT NULL
sign_on_link.owner bytea NOT NULL
sign_on_link.linked_at bigint NOT NULL
source.id bigint NOT NULL
source.name text COLLATE C NOT NULL
source.kind text COLLATE C NOT NULL
source.created_at bigint NOT NULL
source.disabled_at bigint
source_hour.source bigint NOT NULL
source_hour.hour bigint NOT NULL
source_hour.events bigint NOT NULL
source_hour.last_at bigint NOT NULL
suppression.id bytea NOT NULL
suppression.node bytea NOT NULL
suppression.channel text COLLATE C NOT NULL
suppression.reason text COLLATE C NOT NULL
suppression.since bigint NOT NULL
suppression.made_by text COLLATE C NOT NULL
suppression.note text COLLATE C NOT NULL
suppression.lifted_at bigint
suppression.lifted_by text COLLATE C
suppression.lifted_note text COLLATE C
task.id bytea NOT NULL
task.journey bytea NOT NULL
task.run bytea NOT NULL
task.step text COLLATE C NOT NULL
task.thread bytea NOT NULL
task.customer bytea NOT NULL
task.kind text COLLATE C NOT NULL
task.title text COLLATE C NOT NULL
task.hint text COLLATE C NOT NULL
task.role text COLLATE C NOT NULL
task.facts text COLLATE C NOT NULL
task.outcomes text COLLATE C NOT NULL
task.created_at bigint NOT NULL
task.due_at bigint NOT NULL
task.status text COLLATE C NOT NULL
task.outcome text COLLATE C NOT NULL
task.note text COLLATE C NOT NULL
task.done_at bigint
task.done_by text COLLATE C NOT NULL
task.lines bigint NOT NULL
tombstone.node bytea NOT NULL
tombstone.at bigint NOT NULL
warm_up_day.domain text COLLATE C NOT NULL
warm_up_day.provider text COLLATE C NOT NULL
warm_up_day.day text COLLATE C NOT NULL
warm_up_day.allowed bigint NOT NULL
warm_up_day.hold text COLLATE C NOT NULL
warm_up_day.sent bigint NOT NULL
warm_up_day.taken bigint NOT NULL
warm_up_day.deferred bigint NOT NULL
warm_up_day.complained bigint NOT NULL
web_push.node bytea NOT NULL
web_push.visitor bytea NOT NULL
web_push.anonymous_id text COLLATE C NOT NULL
web_push.endpoint text COLLATE C NOT NULL
web_push.point bytea NOT NULL
web_push.auth bytea NOT NULL
web_push.purpose text COLLATE C NOT NULL
web_push.wording text COLLATE C NOT NULL
web_push.context text COLLATE C NOT NULL
web_push.source bigint NOT NULL
web_push.asked_at bigint NOT NULL
web_push.confirmed_at bigint
webhook.id bytea NOT NULL
webhook.url text COLLATE C NOT NULL
webhook.description text COLLATE C NOT NULL
webhook.topics text COLLATE C NOT NULL
webhook.enabled bigint NOT NULL
webhook.disabled_reason text COLLATE C
webhook.created_at bigint NOT NULL
webhook.previous_until bigint
webhook.failing_since bigint
webhook.failures bigint NOT NULL
webhook.last_success_at bigint
webhook.last_failure_at bigint
webhook.dropped bigint NOT NULL
webhook_delivery.id bytea NOT NULL
webhook_delivery.webhook bytea NOT NULL
webhook_delivery.topic text COLLATE C NOT NULL
webhook_delivery.subject text COLLATE C NOT NULL
webhook_delivery.body text COLLATE C NOT NULL
webhook_delivery.created_at bigint NOT NULL
webhook_delivery.status bigint NOT NULL
webhook_delivery.tries bigint NOT NULL
webhook_delivery.due_at bigint NOT NULL
webhook_delivery.tried_at bigint
webhook_delivery.answer_status bigint
webhook_delivery.answer text COLLATE C
wording.purpose text COLLATE C NOT NULL
wording.version bigint NOT NULL
wording.language text COLLATE C NOT NULL
wording.body text COLLATE C NOT NULL
wording.hash bytea NOT NULL
wording.valid_from bigint NOT NULL
wording.written_by text COLLATE C NOT NULL

-- indexes
CREATE UNIQUE INDEX access_key_hash_key ON access_key USING btree (hash)
CREATE UNIQUE INDEX access_key_pkey ON access_key USING btree (id)
CREATE INDEX access_key_source ON access_key USING btree (source)
CREATE UNIQUE INDEX alert_once ON alert USING btree (rule, first_day, about)
CREATE UNIQUE INDEX alert_pkey ON alert USING btree (id)
CREATE INDEX alert_raised ON alert USING btree (raised_at)
CREATE UNIQUE INDEX alert_rule_pkey ON alert_rule USING btree (id)
CREATE INDEX annotation_day ON annotation USING btree (last_day)
CREATE UNIQUE INDEX annotation_pkey ON annotation USING btree (id)
CREATE UNIQUE INDEX app_user_email_key ON app_user USING btree (email)
CREATE UNIQUE INDEX app_user_pkey ON app_user USING btree (id)
CREATE INDEX approval_made ON approval USING btree (made_at, id)
CREATE UNIQUE INDEX approval_pkey ON approval USING btree (id)
CREATE INDEX approval_step ON approval USING btree (journey, step, made_at, id)
CREATE UNIQUE INDEX audience_pkey ON audience USING btree (id)
CREATE INDEX audience_entry_customer ON audience_entry USING btree (customer)
CREATE UNIQUE INDEX audience_entry_pkey ON audience_entry USING btree (audience, address)
CREATE INDEX audience_entry_todo ON audience_entry USING btree (audience, todo, address) WHERE (todo <> 0)
CREATE UNIQUE INDEX audience_look_pkey ON audience_look USING btree (customer)
CREATE INDEX audience_member_customer ON audience_member USING btree (customer)
CREATE INDEX audience_member_look ON audience_member USING btree (look_at, customer) WHERE (look_at IS NOT NULL)
CREATE UNIQUE INDEX audience_member_pkey ON audience_member USING btree (audience, customer)
CREATE INDEX audit_act ON audit USING btree (act, seq)
CREATE INDEX audit_act_at ON audit USING btree (act, at)
CREATE INDEX audit_actor ON audit USING btree (actor, seq)
CREATE INDEX audit_at ON audit USING btree (at, seq)
CREATE UNIQUE INDEX audit_pkey ON audit USING btree (seq)
CREATE UNIQUE INDEX audit_head_pkey ON audit_head USING btree (seq)
CREATE INDEX bulk_act_at ON bulk_act USING btree (at, id)
CREATE UNIQUE INDEX bulk_act_pkey ON bulk_act USING btree (id)
CREATE UNIQUE INDEX buyer_day_pkey ON buyer_day USING btree (day)
CREATE UNIQUE INDEX call_check_pkey ON call_check USING btree (node)
CREATE UNIQUE INDEX computed_trait_key ON computed_trait USING btree (key)
CREATE UNIQUE INDEX computed_trait_pkey ON computed_trait USING btree (id)
CREATE INDEX confirmation_asked_at ON confirmation USING btree (asked_at)
CREATE INDEX confirmation_node ON confirmation USING btree (node, asked_at)
CREATE UNIQUE INDEX confirmation_pkey ON confirmation USING btree (id)
CREATE INDEX customer_birthday ON customer USING btree (birthday, id) WHERE (birthday > 0)
CREATE INDEX customer_first_seen ON customer USING btree (first_seen, id)
CREATE INDEX customer_last_seen ON customer USING btree (last_seen, id, first_seen, orders, revenue_cents, facets, birthday, first_source, name_key)
CREATE INDEX customer_name_key ON customer USING btree (name_key, id)
CREATE UNIQUE INDEX customer_pkey ON customer USING btree (id)
CREATE INDEX customer_revenue ON customer USING btree (revenue_cents, id)
CREATE INDEX customer_unfilled ON customer USING btree (id) WHERE (facets = 0)
CREATE UNIQUE INDEX customer_list_pkey ON customer_list USING btree (id)
CREATE INDEX customer_list_member_customer ON customer_list_member USING btree (customer)
CREATE INDEX customer_list_member_joined ON customer_list_member USING btree (list, joined_at, customer)
CREATE UNIQUE INDEX customer_list_member_pkey ON customer_list_member USING btree (list, customer)
CREATE UNIQUE INDEX customer_term_pkey ON customer_term USING btree (term, customer)
CREATE INDEX data_request_closed ON data_request USING btree (closed_at, id) WHERE (closed_at IS NOT NULL)
CREATE INDEX data_request_due ON data_request USING btree (due_at, id) WHERE (closed_at IS NULL)
CREATE INDEX data_request_node ON data_request USING btree (node) WHERE (node IS NOT NULL)
CREATE UNIQUE INDEX data_request_pkey ON data_request USING btree (id)
CREATE INDEX duplicate_b ON duplicate USING btree (b)
CREATE UNIQUE INDEX duplicate_pkey ON duplicate USING btree (a, b)
CREATE INDEX duplicate_queue ON duplicate USING btree (status, chance, a, b)
CREATE UNIQUE INDEX engine_position_pkey ON engine_position USING btree (name)
CREATE INDEX erasure_at ON erasure USING btree (at, id)
CREATE UNIQUE INDEX erasure_pkey ON erasure USING btree (id)
CREATE INDEX idempotency_at ON idempotency USING btree (at)
CREATE UNIQUE INDEX idempotency_pkey ON idempotency USING btree (key_hash)
CREATE UNIQUE INDEX import_plan_pkey ON import_plan USING btree (fingerprint)
CREATE INDEX import_run_created ON import_run USING btree (created_at, id)
CREATE INDEX import_run_hash ON import_run USING btree (file_hash)
CREATE UNIQUE INDEX import_run_pkey ON import_run USING btree (id)
CREATE UNIQUE INDEX import_run_received ON import_run USING btree (received_at)
CREATE INDEX incident_last_at ON incident USING btree (last_at, id)
CREATE UNIQUE INDEX incident_open ON incident USING btree (kind, subject) WHERE (resolved_at IS NULL)
CREATE UNIQUE INDEX incident_pkey ON incident USING btree (id)
CREATE INDEX invite_created_at ON invite USING btree (created_at, id)
CREATE UNIQUE INDEX invite_hash_key ON invite USING btree (hash)
CREATE UNIQUE INDEX invite_pkey ON invite USING btree (id)
CREATE INDEX job_ended ON job USING btree (ended_at, id)
CREATE INDEX job_open ON job USING btree (created_at, id) WHERE (state < 2)
CREATE UNIQUE INDEX job_pkey ON job USING btree (id)
CREATE UNIQUE INDEX journey_pkey ON journey USING btree (id)
CREATE UNIQUE INDEX journey_event_pkey ON journey_event USING btree (id)
CREATE INDEX journey_event_thread ON journey_event USING btree (thread)
CREATE UNIQUE INDEX journey_line_pkey ON journey_line USING btree (run, number)
CREATE UNIQUE INDEX journey_occurrence_pkey ON journey_occurrence USING btree (journey, at)
CREATE UNIQUE INDEX journey_run_active ON journey_run USING btree (thread, journey, run_key) WHERE (ended_at IS NULL)
CREATE INDEX journey_run_entered ON journey_run USING btree (journey, entered_at, id)
CREATE UNIQUE INDEX journey_run_pkey ON journey_run USING btree (id)
CREATE INDEX journey_run_step ON journey_run USING btree (journey, version, step) WHERE (ended_at IS NULL)
CREATE INDEX journey_run_thread ON journey_run USING btree (thread, journey)
CREATE INDEX journey_run_wake ON journey_run USING btree (wakes_at, thread) WHERE (wakes_at IS NOT NULL)
CREATE UNIQUE INDEX journey_share_pkey ON journey_share USING btree (journey, step, ways, number)
CREATE UNIQUE INDEX journey_version_pkey ON journey_version USING btree (journey, version)
CREATE UNIQUE INDEX lake_file_pkey ON lake_file USING btree (name)
CREATE INDEX link_b ON link USING btree (b)
CREATE UNIQUE INDEX link_pkey ON link USING btree (a, b)
CREATE UNIQUE INDEX log_pkey ON log USING btree (seq)
CREATE UNIQUE INDEX mail_click_pkey ON mail_click USING btree (message, link)
CREATE UNIQUE INDEX mail_count_pkey ON mail_count USING btree (link, day)
CREATE INDEX mail_hit_at ON mail_hit USING btree (at)
CREATE INDEX mail_hit_message ON mail_hit USING btree (message) WHERE (message IS NOT NULL)
CREATE UNIQUE INDEX mail_hit_pkey ON mail_hit USING btree (link, sender, is_machine)
CREATE INDEX mail_link_journey ON mail_link USING btree (journey, step, url)
CREATE INDEX mail_link_piece ON mail_link USING btree (piece)
CREATE UNIQUE INDEX mail_link_pkey ON mail_link USING btree (id)
CREATE INDEX mail_return_at ON mail_return USING btree (at, id)
CREATE INDEX mail_return_hash ON mail_return USING btree (hash)
CREATE INDEX mail_return_node ON mail_return USING btree (node, at) WHERE (node IS NOT NULL)
CREATE UNIQUE INDEX mail_return_pkey ON mail_return USING btree (id)
CREATE INDEX message_approval ON message USING btree (approval) WHERE (approval IS NOT NULL)
CREATE INDEX message_asked ON message USING btree (asked_about, state, planned_at, id) WHERE (asked_about IS NOT NULL)
CREATE INDEX message_claimed ON message USING btree (id) WHERE (state = 2)
CREATE INDEX message_customer ON message USING btree (customer, planned_at, id)
CREATE INDEX message_due ON message USING btree (due_at, id) WHERE (state = 0)
CREATE UNIQUE INDEX message_origin_key_key ON message USING btree (origin_key)
CREATE UNIQUE INDEX message_pkey ON message USING btree (id)
CREATE INDEX message_planned ON message USING btree (planned_at, id)
CREATE INDEX message_standing ON message USING btree (expires_at) WHERE (state = ANY (ARRAY[(1)::bigint, (8)::bigint]))
CREATE UNIQUE INDEX message_copy_pkey ON message_copy USING btree (message)
CREATE UNIQUE INDEX message_price_pkey ON message_price USING btree (version)
CREATE INDEX message_receipt_carrier ON message_receipt USING btree (carrier_id)
CREATE UNIQUE INDEX message_receipt_pkey ON message_receipt USING btree (message)
CREATE UNIQUE INDEX message_shown_pkey ON message_shown USING btree (message)
CREATE INDEX message_spent_day ON message_spent USING btree (day)
CREATE UNIQUE INDEX message_spent_pkey ON message_spent USING btree (journey, version, day, item, currency, price)
CREATE UNIQUE INDEX message_verdict_pkey ON message_verdict USING btree (message, number)
CREATE UNIQUE INDEX migration_pkey ON migration USING btree (number)
CREATE UNIQUE INDEX monday_reader_pkey ON monday_reader USING btree (user_id)
CREATE INDEX node_customer ON node USING btree (customer)
CREATE UNIQUE INDEX node_pkey ON node USING btree (id)
CREATE UNIQUE INDEX pace_pkey ON pace USING btree (lane)
CREATE INDEX password_reset_owner ON password_reset USING btree (owner)
CREATE UNIQUE INDEX password_reset_pkey ON password_reset USING btree (hash)
CREATE UNIQUE INDEX persona_pkey ON persona USING btree (id)
CREATE UNIQUE INDEX persona_run_pkey ON persona_run USING btree (id)
CREATE INDEX persona_typical_customer ON persona_typical USING btree (customer)
CREATE UNIQUE INDEX persona_typical_pkey ON persona_typical USING btree (run, persona, place)
CREATE UNIQUE INDEX piece_pkey ON piece USING btree (id)
CREATE UNIQUE INDEX piece_version_pkey ON piece_version USING btree (piece, version)
CREATE UNIQUE INDEX promotion_pkey ON promotion USING btree (id)
CREATE UNIQUE INDEX quality_day_pkey ON quality_day USING btree (day, scope, subject)
CREATE INDEX quality_finding_gain ON quality_finding USING btree (gain, customer) WHERE (gain IS NOT NULL)
CREATE UNIQUE INDEX quality_finding_pkey ON quality_finding USING btree (customer, reason, field)
CREATE INDEX quality_finding_reason ON quality_finding USING btree (reason, customer, field)
CREATE UNIQUE INDEX quality_ignored_pkey ON quality_ignored USING btree (customer, reason, field, raw)
CREATE INDEX quality_key_customer ON quality_key USING btree (customer)
CREATE UNIQUE INDEX quality_key_pkey ON quality_key USING btree (node, customer)
CREATE INDEX quality_mended_customer ON quality_mended USING btree (customer)
CREATE UNIQUE INDEX quality_mended_pkey ON quality_mended USING btree (act, customer, field)
CREATE UNIQUE INDEX quality_person_pkey ON quality_person USING btree (customer)
CREATE UNIQUE INDEX quarantine_pkey ON quarantine USING btree (id)
CREATE INDEX quarantine_received_at ON quarantine USING btree (received_at, id)
CREATE INDEX quarantine_status ON quarantine USING btree (status, received_at, id)
CREATE UNIQUE INDEX recovery_code_pkey ON recovery_code USING btree (owner, hash)
CREATE INDEX rehearsal_journey ON rehearsal USING btree (journey, begun_at)
CREATE UNIQUE INDEX rehearsal_pkey ON rehearsal USING btree (id)
CREATE INDEX rehearsal_person_customer ON rehearsal_person USING btree (customer)
CREATE UNIQUE INDEX rehearsal_person_pkey ON rehearsal_person USING btree (rehearsal, customer)
CREATE UNIQUE INDEX retention_run_due ON retention_run USING btree (due_at)
CREATE UNIQUE INDEX retention_run_pkey ON retention_run USING btree (id)
CREATE UNIQUE INDEX return_box_pkey ON return_box USING btree (mailbox)
CREATE UNIQUE INDEX return_box_mail_pkey ON return_box_mail USING btree (mail_id)
CREATE UNIQUE INDEX saved_query_pkey ON saved_query USING btree (id)
CREATE UNIQUE INDEX sealed_secret_pkey ON sealed_secret USING btree (place, owner)
CREATE UNIQUE INDEX segment_pkey ON segment USING btree (id)
CREATE INDEX segment_member_customer ON segment_member USING btree (customer)
CREATE UNIQUE INDEX segment_member_pkey ON segment_member USING btree (segment, customer)
CREATE INDEX segment_turn_customer ON segment_turn USING btree (customer, number)
CREATE UNIQUE INDEX segment_turn_pkey ON segment_turn USING btree (number)
CREATE INDEX segment_turn_segment ON segment_turn USING btree (segment, number)
CREATE INDEX segment_wake_at ON segment_wake USING btree (at, customer)
CREATE UNIQUE INDEX segment_wake_pkey ON segment_wake USING btree (customer)
CREATE INDEX session_expires_at ON session USING btree (expires_at)
CREATE UNIQUE INDEX session_hash_key ON session USING btree (hash)
CREATE INDEX session_owner ON session USING btree (owner)
CREATE UNIQUE INDEX session_pkey ON session USING btree (id)
CREATE UNIQUE INDEX setting_pkey ON setting USING btree (name)
CREATE INDEX sign_on_journey_expires_at ON sign_on_journey USING btree (expires_at)
CREATE UNIQUE INDEX sign_on_journey_pkey ON sign_on_journey USING btree (state)
CREATE UNIQUE INDEX sign_on_link_owner ON sign_on_link USING btree (owner, issuer)
CREATE UNIQUE INDEX sign_on_link_pkey ON sign_on_link USING btree (issuer, subject)
CREATE UNIQUE INDEX source_pkey ON source USING btree (id)
CREATE UNIQUE INDEX source_hour_pkey ON source_hour USING btree (source, hour)
CREATE UNIQUE INDEX suppression_node ON suppression USING btree (node, channel, reason) WHERE (lifted_at IS NULL)
CREATE INDEX suppression_of_node ON suppression USING btree (node)
CREATE UNIQUE INDEX suppression_pkey ON suppression USING btree (id)
CREATE INDEX suppression_since ON suppression USING btree (since, id)
CREATE INDEX task_due ON task USING btree (status, due_at, id)
CREATE UNIQUE INDEX task_pkey ON task USING btree (id)
CREATE INDEX task_run ON task USING btree (run)
CREATE INDEX task_thread ON task USING btree (thread)
CREATE UNIQUE INDEX tombstone_pkey ON tombstone USING btree (node)
CREATE UNIQUE INDEX warm_up_day_pkey ON warm_up_day USING btree (domain, provider, day)
CREATE INDEX web_push_asked ON web_push USING btree (asked_at)
CREATE UNIQUE INDEX web_push_pkey ON web_push USING btree (node)
CREATE INDEX web_push_visitor ON web_push USING btree (visitor)
CREATE UNIQUE INDEX webhook_pkey ON webhook USING btree (id)
CREATE INDEX webhook_delivery_created ON webhook_delivery USING btree (webhook, created_at, id)
CREATE UNIQUE INDEX webhook_delivery_pkey ON webhook_delivery USING btree (id)
CREATE INDEX webhook_delivery_waiting ON webhook_delivery USING btree (webhook, due_at, created_at) WHERE (status = 0)
CREATE UNIQUE INDEX wording_pkey ON wording USING btree (purpose, version, language)

-- foreign keys
access_key: FOREIGN KEY (source) REFERENCES source(id)
password_reset: FOREIGN KEY (owner) REFERENCES app_user(id)
recovery_code: FOREIGN KEY (owner) REFERENCES app_user(id)
session: FOREIGN KEY (owner) REFERENCES app_user(id)
sign_on_link: FOREIGN KEY (owner) REFERENCES app_user(id)
