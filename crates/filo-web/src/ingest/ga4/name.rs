//! Google's names of events and parameters, in Segment's words.

/// Segment's name of an event.
pub(super) fn event(name: &str) -> &str {
    match name {
        "view_item" => "Product Viewed",
        "view_item_list" => "Product List Viewed",
        "select_item" => "Product Clicked",
        "add_to_cart" => "Product Added",
        "remove_from_cart" => "Product Removed",
        "view_cart" => "Cart Viewed",
        "begin_checkout" => "Checkout Started",
        "add_shipping_info" => "Checkout Step Completed",
        "add_payment_info" => "Payment Info Entered",
        "purchase" | "in_app_purchase" | "ecommerce_purchase" => "Order Completed",
        "refund" => "Order Refunded",
        "add_to_wishlist" => "Product Added to Wishlist",
        "search" | "view_search_results" => "Products Searched",
        "view_promotion" => "Promotion Viewed",
        "select_promotion" => "Promotion Clicked",
        "sign_up" => "Signed Up",
        "login" => "Signed In",
        "generate_lead" => "Lead Generated",
        other => other,
    }
}

/// Segment's name of a parameter of this event (in Segment's words).
pub(super) fn parameter<'a>(event: &str, name: &'a str) -> &'a str {
    match (event, name) {
        ("Order Completed", "value") => "revenue",
        ("Order Refunded", "value") => "total",
        ("Promotion Viewed" | "Promotion Clicked", "promotion_name") => "name",
        ("Promotion Viewed" | "Promotion Clicked", "creative_name") => "creative",
        ("Promotion Viewed" | "Promotion Clicked", "creative_slot") => "position",
        ("Signed Up" | "Signed In", "method") => "type",
        (_, "transaction_id") => "order_id",
        (_, "items") => "products",
        (_, "search_term") => "query",
        (_, "item_list_id") => "list_id",
        ("Product List Viewed", "item_list_name") => "category",
        (_, "payment_type") => "payment_method",
        (_, "shipping_tier") => "shipping_method",
        (_, "page_location") => "url",
        (_, "page_referrer") => "referrer",
        (_, "page_title") => "title",
        _ => name,
    }
}

/// Segment's name of a product's field.
pub(super) fn product(name: &str) -> &str {
    match name {
        "item_id" => "product_id",
        "item_name" => "name",
        "item_brand" => "brand",
        "item_category" => "category",
        "item_variant" => "variant",
        "index" => "position",
        other => other,
    }
}

/// Whether the event is about one product, whose fields Segment puts beside it.
pub(super) fn is_about_a_product(event: &str) -> bool {
    event.starts_with("Product ") && event != "Product List Viewed"
}
