// SPDX-License-Identifier: Apache-2.0
import PartnerWebhooks
import Testing

@Suite struct EndpointURLTests {
    @Test(
        "good URLs are kept in one form",
        arguments: [
            ("https://hooks.example.com/in", "https://hooks.example.com/in", "hooks.example.com", 443),
            ("HTTPS://Hooks.Example.COM:443/In?A=b", "https://hooks.example.com/In?A=b", "hooks.example.com", 443),
            ("https://hooks.example.com.", "https://hooks.example.com/", "hooks.example.com", 443),
            ("https://hooks.example.com?x=1", "https://hooks.example.com/?x=1", "hooks.example.com", 443),
            ("https://hooks.example.com:8443/", "https://hooks.example.com:8443/", "hooks.example.com", 8443),
            (
                "https://xn--bcher-kva.example/%C3%A9", "https://xn--bcher-kva.example/%C3%A9", "xn--bcher-kva.example",
                443
            ),
            ("https://a_b.example.com/@x", "https://a_b.example.com/@x", "a_b.example.com", 443),
            ("https://1.example.com/", "https://1.example.com/", "1.example.com", 443),
        ])
    func good(text: String, normalised: String, host: String, port: Int) throws {
        let url = try EndpointURL(text)
        #expect(url.text == normalised)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.isHTTPS)
        #expect(try EndpointURL(url.text) == url)
    }

    /// Source: our rules for URLs; the address forms are those that resolvers are known to accept.
    @Test(
        "bad URLs are refused with their reason",
        arguments: [
            ("", .empty), ("hooks.example.com", .missingScheme), ("://x.example", .missingScheme),
            ("http://hooks.example.com/", .schemeNotAllowed("http")), ("ftp://x.example/", .schemeNotAllowed("ftp")),
            ("file:///etc/passwd", .schemeNotAllowed("file")), ("https:///in", .missingHost),
            ("https://", .missingHost),
            ("https://:443/", .missingHost), ("https://user@x.example/", .userInfo),
            ("https://u:p@x.example/", .userInfo),
            ("https://good.example@127.0.0.1/", .userInfo), ("https://x.example/#top", .fragment),
            ("https://x.example#@y.example/", .fragment), ("https://x.example/a b", .forbiddenCharacter),
            ("https://x.example/\r\nHost: y", .forbiddenCharacter),
            ("https://x.example\\@y.example/", .forbiddenCharacter),
            ("https://１２７.0.0.1/", .forbiddenCharacter), ("https://bücher.example/", .forbiddenCharacter),
            ("https://127.0.0.1/", .addressLiteral), ("https://8.8.8.8/", .addressLiteral),
            ("https://[::1]/", .addressLiteral), ("https://[::ffff:169.254.169.254]/", .addressLiteral),
            ("https://[2606:4700::1111]:8443/", .addressLiteral), ("https://[fe80::1%25eth0]/", .malformedHost),
            ("https://[::1/", .malformedHost), ("https://[127.0.0.1]/", .malformedHost),
            ("https://[::1]x/", .malformedHost),
            ("https://127.1/", .ambiguousAddress), ("https://2130706433/", .ambiguousAddress),
            ("https://0x7f.1/", .ambiguousAddress), ("https://0x7f000001/", .ambiguousAddress),
            ("https://0177.0.0.1/", .ambiguousAddress), ("https://1.2.3.4.5/", .ambiguousAddress),
            ("https://x.0x/", .ambiguousAddress), ("https://127.0.0.1./", .addressLiteral),
            ("https://localhost/", .localName), ("https://LOCALHOST./", .localName),
            ("https://db.localhost/", .localName),
            ("https://postgres/", .localName), ("https://x..example/", .malformedHost),
            ("https://.example/", .malformedHost),
            ("https://-x.example/", .malformedHost), ("https://x%2e.example/", .malformedHost),
            ("https://x.example../", .malformedHost), ("https://x,y.example/", .malformedHost),
            ("https://x.example:/", .malformedPort), ("https://x.example:0/", .malformedPort),
            ("https://x.example:65536/", .malformedPort), ("https://x.example:+443/", .malformedPort),
            ("https://x.example:443:1/", .malformedPort), ("https://x.example:80/", .portNotAllowed(80)),
            ("https://x.example:22/", .portNotAllowed(22)), ("https://x.example:25/", .portNotAllowed(25)),
            ("https://x.example:5432/", .portNotAllowed(5432)), ("https://x.example:6379/", .portNotAllowed(6379)),
            ("https://x.example:11211/", .portNotAllowed(11211)),
        ] as [(String, EndpointURLError)])
    func bad(text: String, expected: EndpointURLError) {
        #expect(throws: expected) { try EndpointURL(text) }
        #expect(expected.message.contains("url") || expected.message.contains("port"))
    }

    @Test func `length is limited, and so are names`() throws {
        let head = "https://x.example/"
        let full = head + String(repeating: "a", count: 2048 - head.utf8.count)
        #expect(throws: Never.self) { try EndpointURL(full) }
        #expect(throws: EndpointURLError.tooLong(bytesMax: 2048)) { try EndpointURL(full + "a") }
        let label = String(repeating: "a", count: 63)
        #expect(throws: Never.self) { try EndpointURL("https://\(label).example/") }
        #expect(throws: EndpointURLError.malformedHost) { try EndpointURL("https://a\(label).example/") }
        let long = Array(repeating: label, count: 4).joined(separator: ".")
        #expect(throws: EndpointURLError.malformedHost) { try EndpointURL("https://\(long).example/") }
    }

    @Test func `the operator may permit plain HTTP and addresses of the own network`() throws {
        let ranges = try ["127.0.0.0/8", "::1", "10.0.0.0/8"].map { try #require(AddressRange($0)) }
        let policy = EndpointURLPolicy(allowsHTTP: true, allowedRanges: ranges)
        let plain = try EndpointURL("http://127.0.0.1:9000/in", policy: policy)
        #expect(plain.text == "http://127.0.0.1:9000/in" && !plain.isHTTPS)
        #expect(try EndpointURL("http://[::1]:9000", policy: policy).text == "http://[::1]:9000/")
        #expect(try EndpointURL("http://[0:0::1]:9000", policy: policy).host == "::1")
        #expect(try EndpointURL("http://receiver:3000/", policy: policy).host == "receiver")
        #expect(try EndpointURL("http://localhost/", policy: policy).port == 80)
        #expect(try EndpointURL("http://[::ffff:10.0.0.1]/", policy: policy).host == "::ffff:10.0.0.1")
        #expect(throws: EndpointURLError.addressLiteral) { try EndpointURL("http://192.168.0.1/", policy: policy) }
        #expect(throws: EndpointURLError.ambiguousAddress) { try EndpointURL("http://127.1/", policy: policy) }
        #expect(throws: EndpointURLError.portNotAllowed(5432)) {
            try EndpointURL("http://127.0.0.1:5432/", policy: policy)
        }
    }
}
