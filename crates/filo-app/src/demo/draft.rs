//! One call in the making, as a shop, till or site sends it.

use filo_core::time::Timestamp;

use super::body::Body;

/// One call in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) kind: &'static str,
    pub(super) name: &'static str,
    pub(super) user_id: Option<String>,
    pub(super) anonymous_id: Option<String>,
    pub(super) group_id: Option<String>,
    pub(super) at: Timestamp,
    pub(super) channel: &'static str,
    pub(super) properties: Body,
    pub(super) traits: Body,
    pub(super) context: Body,
}

impl Draft {
    pub(super) fn track(name: &'static str, at: Timestamp) -> Self {
        Self {
            kind: "track",
            name,
            at,
            ..Self::default()
        }
    }

    pub(super) fn page(name: &'static str, at: Timestamp) -> Self {
        Self {
            kind: "page",
            name,
            at,
            ..Self::default()
        }
    }

    pub(super) fn identify(at: Timestamp, traits: Body) -> Self {
        Self {
            kind: "identify",
            at,
            traits,
            ..Self::default()
        }
    }

    pub(super) fn group(at: Timestamp, group_id: &str, traits: Body) -> Self {
        Self {
            kind: "group",
            group_id: Some(group_id.to_owned()),
            ..Self::identify(at, traits)
        }
    }

    pub(super) fn user(mut self, user_id: Option<&str>) -> Self {
        self.user_id = user_id.map(str::to_owned);
        self
    }

    pub(super) fn device(mut self, anonymous_id: &str) -> Self {
        self.anonymous_id = Some(anonymous_id.to_owned());
        self
    }

    pub(super) fn channel(mut self, channel: &'static str) -> Self {
        self.channel = channel;
        self
    }

    pub(super) fn with(mut self, properties: Body) -> Self {
        self.properties = properties;
        self
    }

    pub(super) fn context(mut self, context: Body) -> Self {
        self.context = context;
        self
    }

    /// With what says whose it is beside the ids: it stands where Segment's servers put it.
    pub(super) fn whose(mut self, email: Option<&str>, phone: Option<&str>) -> Self {
        let mut traits = Body::new();
        if let Some(email) = email {
            traits = traits.text("email", email);
        }
        if let Some(phone) = phone {
            traits = traits.text("phone", phone);
        }
        self.context = self.context.object("traits", traits);
        self
    }
}
