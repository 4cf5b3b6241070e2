//! What columns are called: by people, and by the programs that write the files they have.
//!
//! Names stand in the form of `reduced`: letters and digits only, small; one after the other,
//! with a space between.

/// What a column is, and the names under which people have it.
pub(super) const NAMES: &[(&str, &str)] = &[
    (
        "email",
        "email emailaddress indirizzoemail mail posta postaelettronica indirizzomail \
        emailcliente email1value email2value email2address email2 email3 email4 \
        adressemail adresseemail subscriberemail",
    ),
    (
        "phone",
        "telefono cellulare mobile tel phone phonenumber mobilephonenumber \
        mobilephone sms whatsapp phone1value phone2value defaultaddressphone \
        billingphone telefonocellulare cell numeroditelefono homephone businessphone \
        phone2 phone3 phone4 telephone telefono2 shippingphone",
    ),
    (
        "card",
        "tessera cartafedelta fidelity numerotessera card cardnumber loyaltycard \
        fidelitycard codicetessera numerocarta",
    ),
    ("tax_code", "codicefiscale cf taxcode"),
    (
        "user_id",
        "id customerid idcliente codicecliente recordid userid contactid externalid \
        idcustomer klaviyoid profileid uid codcliente",
    ),
    (
        "full_name",
        "name nominativo nomecompleto fullname cliente contatto nomeecognome \
        cognomeenome displayname intestatario",
    ),
    (
        "trait:first_name",
        "firstname nome givenname prenom nomedibattesimo",
    ),
    (
        "trait:last_name",
        "lastname cognome familyname surname nomdefamille",
    ),
    (
        "trait:company",
        "company companyname azienda ragionesociale denominazione organization1name \
        organizationname organization defaultaddresscompany associatedcompany \
        societa impresa",
    ),
    ("trait:vat_number", "piva partitaiva vat vatnumber siret"),
    (
        "trait:title",
        "jobtitle title qualifica mansione organization1title organizationtitle",
    ),
    (
        "trait:street",
        "address indirizzo via street defaultaddressaddress1 address1 address1street \
        homestreet businessstreet streetaddress",
    ),
    (
        "trait:city",
        "city citta comune localita defaultaddresscity address1city homecity \
        businesscity",
    ),
    (
        "trait:postal_code",
        "cap zip postalcode defaultaddresszip zipcode postcode address1postalcode \
        homepostalcode",
    ),
    (
        "trait:province",
        "prov provincia province defaultaddressprovincecode provincecode stateregion \
        region address1region homestate",
    ),
    (
        "trait:country",
        "country paese nazione countryregion countrycode cc defaultaddresscountrycode \
        address1country homecountryregion stato",
    ),
    (
        "trait:birthday",
        "birthday datadinascita nascita compleanno dateofbirth nato natoil birthdate \
        datenascita datanascita",
    ),
    ("trait:gender", "gender sesso genere socialtitle"),
    ("trait:language", "language lingua locale preferredlanguage"),
    ("trait:lifecycle_stage", "lifecyclestage"),
    ("trait:website", "website sito sitoweb url websiteurl"),
    (
        "trait:tags",
        "tags etichette tag labels groupmembership categories gruppi",
    ),
    ("trait:notes", "note notes annotazioni osservazioni"),
    (
        "suppression",
        "unsubscribedfromallemail emailblacklisted emailsuppressions blacklisted \
        unsubtime cleantime disiscritto disiscrittoil noncontattare",
    ),
    (
        "changed_at",
        "lastchanged lastmodifieddate modificatoil ultimamodifica modifiedtime \
        updatedat lastupdated",
    ),
];

/// The same in a file of things that were done.
pub(super) const EVENTS: &[(&str, &str)] = &[
    (
        "event_name",
        "event eventname evento nomeevento azione action attivita",
    ),
    (
        "event_time",
        "timestamp time data date dataora datetime at occurredat eventtime quando createdat \
        originaltimestamp dataevento",
    ),
    ("event_id", "messageid eventid idevento id uuid"),
    (
        "ignore",
        "type channel receivedat sentat version writekey integrations library",
    ),
];

/// The same in a file of what people agreed to.
pub(super) const CONSENTS: &[(&str, &str)] = &[
    ("statement:purpose", "purpose scopo finalita"),
    ("statement:channel", "channel canale"),
    (
        "statement:status",
        "status stato consenso consent risposta answer granted esito",
    ),
    (
        "statement:at",
        "date data datetime timestamp at quando when dataconsenso datadelconsenso optintime \
        confirmtime createdat saidat",
    ),
    (
        "statement:wording",
        "wording testo informativa versione version text versioneinformativa",
    ),
    (
        "statement:proof",
        "proof prova modulo form fonte riferimento",
    ),
];

/// The same in a file of companies.
pub(super) const COMPANIES: &[(&str, &str)] = &[
    (
        "group_id",
        "recordid companyid idazienda codiceazienda groupid accountid id codicecliente codcliente \
        idcliente codice",
    ),
    (
        "trait:name",
        "companyname company name azienda ragionesociale denominazione nome impresa societa \
        nomeazienda",
    ),
    ("trait:domain", "companydomainname dominio domain"),
    ("trait:industry", "industry settore"),
    (
        "trait:size",
        "size dipendenti numberofemployees employees addetti",
    ),
];

/// Columns that speak of consent: shown as such, and left to a person.
pub(super) const PROOFS: &str = "acceptsemailmarketing acceptssmsmarketing acceptswhatsappmarketing \
    acceptsmarketing optintime optinip confirmtime confirmip newsletter optin \
    doubleoptin partneroffers offertedeipartner emailmarketingconsent \
    smsmarketingconsent consenso consensomarketing consensonewsletter privacy \
    marketing marketingcontactstatus marketingconsent offrespartenaires";

/// What the law keeps apart: never brought in unless somebody says so column by column.
pub(super) const SPECIAL: &str = "salute health religion religione allerg malatt disabil sindacat orientamento \
    etnia politic patologi gravidanza";

/// Programs, and columns that together no other program writes, once for each shape; the first
/// that fits.
pub(super) const PRESETS: &[(&str, &[&str])] = &[
    (
        "shopify_orders",
        &["lineitemquantity lineitemname financialstatus"],
    ),
    (
        "woocommerce_orders",
        &[
            "orderid ordertotal ordercurrency customeremail",
            "ordernumber orderstatus orderdate emailbilling",
            "orderid orderdate billingemail ordertotal",
        ],
    ),
    (
        "prestashop_orders",
        &[
            "idorder totalpaid idcustomer",
            "reference newclient customer payment",
            "riferimento nuovocliente cliente pagamento",
        ],
    ),
    (
        "shopify_customers",
        &[
            "acceptsemailmarketing defaultaddressaddress1",
            "acceptsmarketing totalspent totalorders",
        ],
    ),
    (
        "mailchimp",
        &["emailaddress memberrating", "emailaddress leid euid"],
    ),
    ("hubspot_companies", &["recordid companyname companyowner"]),
    (
        "hubspot_contacts",
        &["recordid lifecyclestage", "recordid contactowner"],
    ),
    (
        "woocommerce_customers",
        &["username lastactive aov", "username signup totalspend"],
    ),
    (
        "prestashop_customers",
        &[
            "socialtitle emailaddress partneroffers",
            "nome cognome indirizzoemail offertedeipartner",
            "idcustomer firstname lastname newsletter",
            "prenom adresseemail offrespartenaires",
        ],
    ),
    (
        "klaviyo",
        &["klaviyoid", "emailmarketingconsent emailsuppressions"],
    ),
    (
        "brevo",
        &[
            "email addedtime modifiedtime",
            "email doubleoptin optin sms",
            "contactid email sms emailblacklisted",
        ],
    ),
    (
        "google_contacts",
        &["email1value phone1value", "givenname email1value"],
    ),
    (
        "outlook_contacts",
        &["firstname lastname emailaddress mobilephone"],
    ),
    ("stripe_customers", &["id email createdutc delinquent"]),
];
