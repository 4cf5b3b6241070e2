//! Requests forged through an address: none of these spellings reaches anything that is not
//! public, and what is public passes.

use std::sync::Arc;

use bytes::Bytes;
use filo_connect::{Client, Failure, Options, Reach, Request, reach};
use http::{HeaderMap, Method};

use crate::NOW;
use crate::house::{Canary, MadeUp, Names};

/// Addresses in every spelling. Some are refused as no address at all: as good.
const SPELLINGS: &[&str] = &[
    // Loopback: whole, short, decimal, octal, hexadecimal, mixed.
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://127.255.255.255/",
    "https://2130706433/",
    "https://017700000001/",
    "https://0x7f000001/",
    "https://0x7F.0x0.0x0.0x1/",
    "https://0177.0.0.1/",
    "https://0177.0.0.01/",
    "https://00000177.0.0.1/",
    "https://127.0.0.0x1/",
    "https://0x7f.1/",
    "https://0x7f.0.1/",
    "https://127.000.000.001/",
    "https://127.0.0.1./",
    "https://127.0.0.1:443/",
    "https://127.0.0.1:80/",
    "https://127%2e0%2e0%2e1/",
    "https://%31%32%37.0.0.1/",
    "https://①②⑦.⓪.⓪.①/",
    "https://１２７.０.０.１/",
    "https://127。0。0。1/",
    "https://127．0．0．1/",
    "https://127｡0｡0｡1/",
    "https:127.0.0.1/",
    "https:/127.0.0.1/",
    "https:///127.0.0.1/",
    "https:\\\\127.0.0.1\\",
    "  https://127.0.0.1/  ",
    "hTTpS://127.0.0.1/",
    "https://12\t7.0.0.1/",
    "https://127.0.\n0.1/",
    // Nobody's and everybody's.
    "https://0.0.0.0/",
    "https://0/",
    "https://0x0/",
    "https://00/",
    "https://0.0.0.1/",
    "https://255.255.255.255/",
    "https://4294967295/",
    "https://224.0.0.1/",
    "https://239.255.255.250/",
    "https://240.0.0.1/",
    "https://233.252.0.1/",
    // The house.
    "https://10.0.0.1/",
    "https://10.255.255.255/",
    "https://167772161/",
    "https://012.0.0.1/",
    "https://0xa.0.0.1/",
    "https://172.16.0.1/",
    "https://172.31.255.254/",
    "https://0xac100001/",
    "https://192.168.0.1/",
    "https://192.168.1/",
    "https://0300.0250.0.1/",
    "https://3232235521/",
    "https://100.64.0.1/",
    "https://100.127.255.254/",
    // Metadata services and link-local.
    "https://169.254.169.254/latest/meta-data/",
    "https://2852039166/",
    "https://0xa9fea9fe/",
    "https://0251.0376.0251.0376/",
    "https://169.254.43518/",
    "https://169.16689662/",
    "https://169.254.0.1/",
    "https://168.63.129.16/",
    "https://100.100.100.200/",
    // Documentation, benchmarks, protocols.
    "https://192.0.0.1/",
    "https://192.0.0.192/",
    "https://192.0.2.1/",
    "https://198.51.100.7/",
    "https://203.0.113.9/",
    "https://198.18.0.1/",
    "https://198.19.255.254/",
    "https://192.88.99.1/",
    // IPv6.
    "https://[::1]/",
    "https://[::]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[0000::0001]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://[::ffff:8.8.8.8]/",
    "https://[0:0:0:0:0:ffff:10.0.0.1]/",
    "https://[::127.0.0.1]/",
    "https://[::7f00:1]/",
    "https://[::ffff:0:127.0.0.1]/",
    "https://[64:ff9b::127.0.0.1]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[64:ff9b:1::10.0.0.1]/",
    "https://[2002:7f00:1::]/",
    "https://[2002:a9fe:a9fe::1]/",
    "https://[2002:c0a8:1::1]/",
    "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "https://[2001::1]/",
    "https://[2001:10::1]/",
    "https://[2001:20::1]/",
    "https://[2001:db8::1]/",
    "https://[3fff::1]/",
    "https://[3fff:fff::1]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fe80::1%eth0]/",
    "https://[febf::1]/",
    "https://[fec0::1]/",
    "https://[fc00::1]/",
    "https://[fd00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[fdff:ffff::1]/",
    "https://[ff02::1]/",
    "https://[ff05::1:3]/",
    "https://[100::1]/",
    "https://[5f00::1]/",
    "https://[4000::1]/",
    "https://[::ffff:127.0.0.1]:443/",
    "https://[::1]./",
    "https://[v1.a]/",
    "https://::1/",
    // Users, schemes, ports, nothing.
    "https://a@127.0.0.1/",
    "https://shop.example@127.0.0.1/",
    "https://shop.example:443@127.0.0.1/",
    "https://127.0.0.1@good.example/",
    "https://user:secret@good.example/",
    "https://good.example:secret@10.0.0.1/",
    "https://shop.example#@127.0.0.1/",
    "https://127.0.0.1\\@good.example/",
    "https://good.example:22/",
    "https://good.example:25/",
    "https://good.example:6379/",
    "https://good.example:0/",
    "https://good.example:65536/",
    "https://good.example:-1/",
    "http://good.example/",
    "http://127.0.0.1/",
    "http://good.example:443/",
    "ftp://good.example/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_x",
    "data:text/plain,x",
    "javascript:alert(1)",
    "unix:/var/run/docker.sock",
    "//127.0.0.1/",
    "127.0.0.1",
    "localhost",
    "https://",
    "https://./",
    "https://../",
    "https://.127.0.0.1/",
    "https://0x7f.0.0.1.9/",
    "https://256.0.0.1/",
    "https://1.2.3.4.5/",
    "",
    // Names that lead inside, below.
    "https://localhost/",
    "https://LOCALHOST./",
    "https://lоcalhost/",
    "https://ⓛocalhost/",
    "https://loopback.example/",
    "https://alias.example/",
    "https://metadata.example/",
    "https://mixed.example/",
    "https://mixed-six.example/",
    "https://last-of-many.example/",
    "https://six.example/",
    "https://mapped.example/",
    "https://nat64.example/",
    "https://nobody.example/",
    "https://empty.example/",
    "https://cgnat.example/",
    "https://broadcast.example/",
    "https://127.0.0.1.nip.example/",
    "https://local.example./",
];

fn names() -> Names {
    Names::default()
        .with("good.example", &[&["93.184.216.34"]])
        .with("localhost", &[&["127.0.0.1", "::1"]])
        .with("loopback.example", &[&["127.0.0.1"]])
        // What a resolver gives for a CNAME to localhost.
        .with("alias.example", &[&["127.0.0.1", "::1"]])
        .with("metadata.example", &[&["169.254.169.254"]])
        .with("mixed.example", &[&["93.184.216.34", "10.0.0.7"]])
        .with("mixed-six.example", &[&["93.184.216.34", "::1"]])
        .with(
            "last-of-many.example",
            &[&[
                "93.184.216.34",
                "93.184.216.35",
                "93.184.216.36",
                "192.168.1.1",
            ]],
        )
        .with("six.example", &[&["fe80::1"]])
        .with("mapped.example", &[&["::ffff:127.0.0.1"]])
        .with("nat64.example", &[&["64:ff9b::7f00:1"]])
        .with("empty.example", &[&[]])
        .with("cgnat.example", &[&["100.64.1.1"]])
        .with("broadcast.example", &[&["255.255.255.255"]])
        .with("127.0.0.1.nip.example", &[&["127.0.0.1"]])
        .with("local.example", &[&["127.0.0.1"]])
}

async fn send(client: &Client, address: &str) -> Result<u16, Failure> {
    let target = client.target(address)?;
    let request = Request {
        method: Method::POST,
        target: &target,
        headers: HeaderMap::new(),
        body: Bytes::from_static(b"{}"),
    };
    client.send(request, NOW).await.map(|answer| answer.status)
}

#[tokio::test]
async fn no_spelling_reaches_what_is_not_public() {
    assert!(SPELLINGS.len() >= 120, "{}", SPELLINGS.len());
    let canary = Canary::sing().await;
    let network = Arc::new(MadeUp::new(names(), canary.address));
    for address in SPELLINGS {
        // A client of its own for each: no circuit may hide a hole.
        let client = Client::new(Options::default(), network.clone()).unwrap();
        let failure = send(&client, address).await;
        let refused = matches!(failure, Err(Failure::Refused(_) | Failure::Unknown(_)));
        assert!(refused, "{address}: {failure:?}");
    }
    assert!(network.dialled.lock().unwrap().is_empty());
    assert_eq!(canary.accepted(), 0);
}

#[tokio::test]
async fn the_address_that_was_checked_is_the_one_that_is_dialled() {
    let canary = Canary::sing().await;
    let names = Names::default().with("rebinding.example", &[&["93.184.216.34"], &["127.0.0.1"]]);
    let network = Arc::new(MadeUp::new(names, canary.address));
    let client = Client::new(Options::default(), network.clone()).unwrap();
    let first = send(&client, "https://rebinding.example/").await;
    assert!(matches!(first, Err(Failure::Unreachable(_))), "{first:?}");
    let second = send(&client, "https://rebinding.example/").await;
    assert!(matches!(second, Err(Failure::Refused(_))), "{second:?}");
    let dialled = network.dialled.lock().unwrap().clone();
    assert_eq!(dialled, ["93.184.216.34:443".parse().unwrap()]);
    assert_eq!(canary.accepted(), 0);
}

#[tokio::test]
async fn public_addresses_pass() {
    let canary = Canary::sing().await;
    for address in [
        "8.8.8.8",
        "1.1.1.1",
        "93.184.216.34",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "169.255.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "192.167.0.1",
        "192.169.0.1",
        "198.17.0.1",
        "198.20.0.1",
        "203.0.112.1",
        "203.0.114.1",
        "223.255.255.254",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "2a00:1450:4002::1",
        "2001:200::1",
        "2003::1",
        "3ffe::1",
    ] {
        assert_eq!(reach(address.parse().unwrap()), Reach::Public, "{address}");
        let names = Names::default().with("good.example", &[&[address]]);
        let network = Arc::new(MadeUp::new(names, canary.address));
        let client = Client::new(Options::default(), network.clone()).unwrap();
        let sent = send(&client, "https://good.example/").await;
        assert!(matches!(sent, Err(Failure::Unreachable(_))), "{sent:?}");
        let dialled = network.dialled.lock().unwrap().clone();
        let dialled: Vec<String> = dialled.iter().map(|it| it.ip().to_string()).collect();
        assert_eq!(dialled, [address]);
    }
}
