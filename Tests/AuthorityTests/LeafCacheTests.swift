import Authority
import Conversation
import Testing

@Suite struct LeafCacheTests {
    let folder: Folder
    let authority: Authority

    init() throws {
        folder = try Folder()
        authority = try Authority.create(in: folder.path)
    }

    @Test func aLeafIsMadeOnceForEachSubjectAndFault() throws {
        let cache = LeafCache(authority)
        let one = LeafSubject(names: ["a.example"])
        let two = LeafSubject(names: ["b.example"])
        #expect(try cache.leaf(for: one).chain == cache.leaf(for: LeafSubject(names: ["A.example."])).chain)
        #expect(try cache.leaf(for: one).chain != cache.leaf(for: two).chain)
        #expect(try cache.leaf(for: one).chain != cache.leaf(for: one, fault: .expired).chain)
        #expect(try cache.leaf(for: one, fault: .expired).chain == cache.leaf(for: one, fault: .expired).chain)
        #expect(try cache.leaf(for: one, fault: .wrongName).chain == cache.leaf(for: two, fault: .wrongName).chain)
        #expect(cache.count == 4)
    }

    @Test func theOneNobodyAskedForTheLongestGoesFirst() throws {
        let cache = LeafCache(authority, limit: 3)
        func chain(_ name: String) throws -> [[UInt8]] { try cache.leaf(for: LeafSubject(names: [name])).chain }
        let first = try chain("a.example")
        let second = try chain("b.example")
        _ = try chain("c.example")
        #expect(try chain("a.example") == first)
        _ = try chain("d.example")
        #expect(cache.count == 3)
        #expect(try chain("a.example") == first)
        #expect(try chain("b.example") != second)
    }

    @Test(arguments: [nil] + LeafFault.allCases.map(Optional.some))
    func aLeafThatGrewOldIsMadeAnewBeforeItsFaultChanges(_ fault: LeafFault?) throws {
        let cache = LeafCache(authority)
        let subject = LeafSubject(names: ["a.example"])
        let now = Timestamp.now()
        let first = try cache.leaf(for: subject, fault: fault, now: now)
        let hour = Timestamp.day / 24
        let soon = try cache.leaf(for: subject, fault: fault, now: Timestamp(nanoseconds: now.nanoseconds + 11 * hour))
        #expect(soon.chain == first.chain)
        let late = Timestamp(nanoseconds: now.nanoseconds + 13 * hour)
        let renewed = try cache.leaf(for: subject, fault: fault, now: late)
        #expect(renewed.chain != first.chain)
        #expect(renewed.facts.notAfter == first.facts.notAfter + 13 * 3600)
        let back = try cache.leaf(for: subject, fault: fault, now: now)
        #expect(back.chain != renewed.chain)
        #expect(cache.count == 1)
    }

    @Test func anAuthorityThatEndsTakesItsLeavesWithIt() throws {
        let cache = LeafCache(authority)
        let subject = LeafSubject(names: ["a.example"])
        let end = Timestamp(nanoseconds: authority.facts.notAfter * 1_000_000_000)
        _ = try cache.leaf(for: subject, now: end)
        let after = Timestamp(nanoseconds: end.nanoseconds + 2_000_000_000)
        let refused = error { () throws(AuthorityError) in try cache.leaf(for: subject, now: after) }
        #expect(refused?.code == .expired)
    }

    @Test func manyThreadsGetTheSameLeaf() async throws {
        let cache = LeafCache(authority)
        let seen = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<64 {
                group.addTask {
                    try cache.leaf(for: LeafSubject(names: ["host\(number % 4).example"])).facts.fingerprint
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(seen.count == 4)
    }
}
