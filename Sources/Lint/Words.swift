import Wire

/// The languages in which mailtee tells what it finds.
public enum Language: String, Sendable, CaseIterable {
    case en
    case ja
}

/// One text in each of the languages.
public struct Words: Sendable, Equatable {
    public let en: String
    public let ja: String

    public init(_ en: String, ja: String) {
        self.en = en
        self.ja = ja
    }

    public subscript(_ language: Language) -> String {
        switch language {
        case .en: en
        case .ja: ja
        }
    }
}

extension Words {
    /// With pictures for the control characters, line ends aside: whatever a peer said in them, they can be shown.
    var withPictures: Words {
        Words(Picture.of(text: en, keepLineEnds: true), ja: Picture.of(text: ja, keepLineEnds: true))
    }
}

extension String {
    /// As it stands at the beginning of a sentence.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
