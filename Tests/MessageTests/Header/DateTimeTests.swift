import Message
import Testing

struct DateTimeTests {
    @Test(
        arguments: [
            ("Tue, 4 Mar 1997 10:20:30 +0900", 857_438_430, ""),
            ("4 Mar 1997 10:20 +0900", 857_438_400, ""),
            ("Tue, 04 Mar 1997 10:20:30 +0900 (JST)", 857_438_430, ""),
            (" Tue,\t4 Mar 1997 01:20:30 -0000", 857_438_430, ""),
            ("tue, 4 MAR 1997 01:20:30 +0000", 857_438_430, ""),
            ("Tue, 4 Mar 97 01:20:30 GMT", 857_438_430, "twoDigitYear obsoleteZone"),
            ("4 Mar 97 01:20:30 UT", 857_438_430, "twoDigitYear obsoleteZone"),
            ("Mon, 3 Mar 1997 20:20:30 EST", 857_438_430, "obsoleteZone"),
            ("Tue, 4 Mar 1997 10:20:30 JST", 857_438_430, "unlistedZone"),
            ("Tue, 4 Mar 1997 01:20:30 XYZ", 857_438_430, "unlistedZone"),
            ("Tue, 4 Mar 1997 01:20:30 Z", 857_438_430, "militaryZone"),
            ("Tue, 4 Mar 1997 01:20:30 A", 857_438_430, "militaryZone"),
            ("Tue, 4 Mar 1997 01:20:30", 857_438_430, "noZone"),
            ("Tue, 4 Mar 097 01:20:30 +0000", 857_438_430, "threeDigitYear"),
            ("Wed, 4 Mar 1997 01:20:30 +0000", 857_438_430, "weekdayMismatch"),
            ("Xyz, 4 Mar 1997 01:20:30 +0000", 857_438_430, "badWeekday"),
            ("Tuesday, 4 March 1997 01:20:30 +0000", 857_438_430, "spelledOut"),
            ("Tue , 4 Mar 1997 01 : 20 : 30 +0000", 857_438_430, "obsoleteSpacing"),
            ("Tue,4 Mar 1997 01:20:30 +0000", 857_438_430, "obsoleteSpacing"),
            ("Tue, 4 Mar 1997 1:20:30 +0000", 857_438_430, "timeForm"),
            ("Tue Mar  4 01:20:30 1997", 857_438_430, "foreignForm noZone"),
            ("Tue Mar  4 10:20:30 JST 1997", 857_438_430, "foreignForm unlistedZone"),
            ("4-Mar-1997 01:20:30 +0000", 857_438_430, "foreignForm"),
            ("Mar 4, 1997 01:20:30 +0000", 857_438_430, "foreignForm"),
            ("1997-03-04T10:20:30+09:00", 857_438_430, "foreignForm obsoleteSpacing zoneForm"),
            ("Tue, 4 Mar 1997 10:20:30 +9", 857_438_430, "zoneForm"),
            ("Tue, 4 Mar 1997 10:20:30 GMT+9", 857_438_430, "obsoleteZone zoneForm obsoleteSpacing"),
            ("Tue, 4 Mar 1997 01:20:30 +0000 hello", 857_438_430, "textBehind"),
            ("Tue, 4 Mar 1997 10", 857_433_600, "noTime noZone textBehind"),
            ("Tue, 4 Mar 1997", 857_433_600, "noTime noZone"),
            ("Tue, 4 Mar 1997 10:20:30 +0960", nil, "zoneOutOfRange"),
            ("Tue, 4 Mar 1997 10:20:30 +1500", 857_416_830, "unlikelyZone"),
            ("Tue, 4 Mar 1997 24:00:00 +0000", nil, "timeOutOfRange"),
            ("Sat, 31 Dec 2016 23:59:60 +0000", 1_483_228_800, ""),
            ("Tue, 4 Mar 1997 10:60:00 +0000", nil, "timeOutOfRange"),
            ("30 Feb 1997 10:00:00 +0000", nil, "dayOutOfRange"),
            ("29 Feb 2000 00:00:00 +0000", 951_782_400, ""), ("29 Feb 1900 00:00:00 +0000", nil, "dayOutOfRange"),
            ("0 Mar 1997 10:00:00 +0000", nil, "dayOutOfRange"),
            ("99999 Mar 1997 10:00:00 +0000", nil, "dayOutOfRange"),
            ("1 Jan 1970 00:00:00 +0000", 0, ""), ("1 Jan 0001 00:00:00 +0000", -62_135_596_800, "yearOutOfRange"),
            ("1 Jan 49 00:00:00 +0000", 2_493_072_000, "twoDigitYear"),
            ("1 Jan 50 00:00:00 +0000", -631_152_000, "twoDigitYear"),
        ] as [(String, Int64?, String)])
    func dates(text: String, seconds: Int64?, oddities: String) throws {
        let date = try #require(DateTime(wire(text)))
        #expect(date.seconds == seconds)
        #expect(Set(date.oddities.map(\.kind.rawValue)) == Set(oddities.split(separator: " ").map(String.init)))
    }

    @Test(arguments: [
        "", " ", "yesterday", "4", "4 Mar", "4 Mar 10:20:30", "Tue, 4 Foo 1997 10:20:30 +0000", "Tue,", ":::", "(",
        "1997-13-01",
        "99999999999999999999 Mar 1997 10:20:30 +0000", "4 Mar 99999999999999999999 10:20:30 +0000",
        "4 Mar 1997 99999999999999999999:20:30 +0000", "4 Mar 0 10:20:30", "4 Mar 0000 10:20:30 +0000",
    ])
    func noDates(text: String) {
        #expect(DateTime(wire(text)) == nil)
    }

    @Test func zones() {
        #expect(DateTime(wire("4 Mar 1997 10:20:30 +0900"))?.zoneMinutes == 540)
        #expect(DateTime(wire("4 Mar 1997 10:20:30 -0330"))?.zoneMinutes == -210)
        #expect(DateTime(wire("4 Mar 1997 10:20:30 -0000"))?.zoneMinutes == nil)
        #expect(DateTime(wire("4 Mar 1997 10:20:30 JST"))?.zoneMinutes == 540)
    }

    @Test func oddityPlaces() throws {
        let text = "Tue, 4 Mar 97 10:20:30 JST"
        let date = try #require(DateTime(wire(text)))
        #expect(date.oddities.map { wire(text)[$0.range].text } == ["97", "JST"])
    }

    /// What is cut off or changed anywhere makes no trap.
    @Test func anything() {
        let bytes = wire("Tue, 4 Mar 1997 10:20:30 +0900 (JST)")
        var random = Random(state: 3)
        for length in 0...bytes.count { _ = DateTime(Array(bytes[..<length])) }
        for _ in 0..<3000 {
            var changed = bytes
            for _ in 0..<3 { changed[Int(random.next() % UInt64(bytes.count))] = UInt8(random.next() % 128) }
            for oddity in DateTime(changed)?.oddities ?? [] {
                #expect(oddity.range.lowerBound >= 0 && oddity.range.upperBound <= changed.count)
            }
        }
    }
}
