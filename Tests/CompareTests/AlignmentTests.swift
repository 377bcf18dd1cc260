import Testing

@testable import Compare

@Suite struct AlignmentTests {
    /// Letters stand for verbs, digits behind them for the rest of the command.
    private func align(_ a: String, _ b: String, limit: Int = 10_000) -> String {
        let (one, other) = (a.split(separator: " ").map(String.init), b.split(separator: " ").map(String.init))
        let pairs = Alignment.of(one, other, limit: limit) { a, b in
            a == b ? Alignment.best : a.first == b.first ? 2 : 0
        }
        return pairs.map { pair in
            switch pair {
            case .both(let i, let j): one[i] == other[j] ? one[i] : "\(one[i])/\(other[j])"
            case .first(let i): "-\(one[i])"
            case .second(let j): "+\(other[j])"
            }
        }.joined(separator: " ")
    }

    @Test(arguments: [
        ("", "", ""),
        ("a", "", "-a"),
        ("", "a b", "+a +b"),
        ("a b c", "a b c", "a b c"),
        ("a b c", "a c", "a -b c"),
        ("a c", "a b c", "a +b c"),
        ("a b1 c", "a b2 c", "a b1/b2 c"),
        ("a b c", "d e f", "-a -b -c +d +e +f"),
        ("e s e m", "e m", "e -s -e m"),
        ("a r1 r2 d", "a r2 d", "a -r1 r2 d"),
        ("x a a a", "a a a y", "-x a a a +y"),
    ]) func pairsWhatStandsForEachOther(_ a: String, _ b: String, _ aligned: String) {
        #expect(align(a, b) == aligned)
    }

    @Test func beyondTheLimitTheyAreGoneThroughSideBySide() {
        #expect(align("x1 a b", "x2 b c d", limit: 4) == "x1/x2 -a +b -b +c +d")
    }

    @Test func everyOneIsThereOnce() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let lists = (0..<2).map { _ in
                (0..<Int.random(in: 0...12, using: &random)).map { _ in Int.random(in: 0...4, using: &random) }
            }
            let pairs = Alignment.of(lists[0], lists[1], limit: 10_000) { $0 == $1 ? Alignment.best : 0 }
            let first = pairs.compactMap { pair in
                if case .second = pair {
                    Int?.none
                } else if case .both(let i, _) = pair {
                    i
                } else if case .first(let i) = pair {
                    i
                } else {
                    nil
                }
            }
            let second = pairs.compactMap { pair in
                if case .first = pair {
                    Int?.none
                } else if case .both(_, let j) = pair {
                    j
                } else if case .second(let j) = pair {
                    j
                } else {
                    nil
                }
            }
            #expect(first == Array(lists[0].indices) && second == Array(lists[1].indices))
        }
    }
}
