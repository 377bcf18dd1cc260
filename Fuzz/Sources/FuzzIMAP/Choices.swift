import Wire

/// Bytes that choose what is said.
struct Choices {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var isEmpty: Bool { rest.isEmpty }

    /// A number below `count`.
    mutating func below(_ count: Int) -> Int {
        Int(rest.popFirst() ?? 0) % count
    }

    mutating func oneIn(_ count: Int) -> Bool {
        below(count) == 1
    }

    mutating func one<Element>(of elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    mutating func bytes(atMost count: Int) -> [UInt8] {
        let bytes = rest.prefix(below(count + 1))
        rest = rest.dropFirst(bytes.count)
        return Array(bytes)
    }
}
