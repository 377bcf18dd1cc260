import Wire

/// How far a text is from what people write in one language: about the bits that an author of it would need, in
/// nats. Texts that a wrong charset makes of the same bytes need far more.
///
/// The lists of frequent characters are common knowledge of each language, not taken from any other detector.
struct LanguageModel: Sendable {
    enum Language: Sendable, CaseIterable {
        case japanese, simplifiedChinese, traditionalChinese, korean, russian, western
    }

    /// Per scalar up to U+FFFF, in eighths of a nat.
    private let costs: [UInt8]
    private let language: Language

    static func of(_ language: Language) -> LanguageModel {
        switch language {
        case .japanese: japanese
        case .simplifiedChinese: simplifiedChinese
        case .traditionalChinese: traditionalChinese
        case .korean: korean
        case .russian: russian
        case .western: western
        }
    }

    static func isCommonHan(_ scalar: UInt32) -> Bool { commonHan.contains(scalar) }

    // MARK: what a text costs

    /// Of characters that are in no list.
    static let strange = 18.0
    /// Of a byte that is no character.
    static let wrong = 15.0

    func cost(_ text: some Sequence<Unicode.Scalar>) -> Double {
        var total = 0.0
        var before: UInt32 = 0x20
        for scalar in text {
            total += cost(scalar.value, behind: before)
            before = scalar.value
        }
        return total
    }

    private func cost(_ scalar: UInt32, behind before: UInt32) -> Double {
        if scalar == 0xFFFD { return Self.wrong }
        guard scalar < 0x1_0000 else { return Self.isEmoji(scalar) ? 9 : 14 }
        var cost = Double(costs[Int(scalar)]) / 8
        switch language {
        case .japanese:
            if Self.isHalfWidthKana(scalar), Self.isHalfWidthKana(before) { cost -= 4 }
            cost += Self.crossing(scalar, before, cost: 1)
        case .simplifiedChinese, .traditionalChinese: cost += Self.crossing(scalar, before, cost: 1.5)
        case .korean: cost += Self.crossing(scalar, before, cost: 2)
        case .russian:
            cost += Self.crossing(scalar, before, cost: 5)
            if Self.isCyrillicCapital(scalar) {
                if Self.isCyrillicSmall(before) { cost += 4 }
                if Self.isCyrillicCapital(before) { cost -= 1.5 }
            }
        case .western:
            guard scalar >= 0x80 else { break }
            if before >= 0xC0 { cost += 1.5 }
            if Self.isLatinCapital(scalar), Self.isSmall(before) { cost += 4 }
        }
        return cost
    }

    private static func crossing(_ scalar: UInt32, _ before: UInt32, cost: Double) -> Double {
        let (one, two) = (isASCIILetter(scalar), isASCIILetter(before))
        return one && before >= 0x80 || two && scalar >= 0x80 ? cost : 0
    }

    private static func isASCIILetter(_ scalar: UInt32) -> Bool { scalar < 0x80 && UInt8(scalar).isLetter }
    private static func isHalfWidthKana(_ scalar: UInt32) -> Bool { (0xFF66...0xFF9F).contains(scalar) }
    private static func isCyrillicCapital(_ scalar: UInt32) -> Bool {
        (0x410...0x42F).contains(scalar) || scalar == 0x401
    }
    private static func isCyrillicSmall(_ scalar: UInt32) -> Bool {
        (0x430...0x44F).contains(scalar) || scalar == 0x451
    }
    private static func isLatinCapital(_ scalar: UInt32) -> Bool { (0xC0...0xDE).contains(scalar) }
    private static func isSmall(_ scalar: UInt32) -> Bool {
        (0x61...0x7A).contains(scalar) || (0xDF...0xFF).contains(scalar)
    }
    static func isEmoji(_ scalar: UInt32) -> Bool { (0x1F300...0x1FAFF).contains(scalar) }

    // MARK: the tables

    private init(_ language: Language, _ fill: (inout Filling) -> Void) {
        var filling = Filling()
        fill(&filling)
        self.language = language
        costs = filling.costs
    }

    /// Shares out what is probable: the list that comes last wins.
    private struct Filling {
        var costs: [UInt8] = {
            var costs = [UInt8](repeating: UInt8(LanguageModel.strange * 8), count: 0x1_0000)
            for scalar in 0..<0x80 {
                let byte = UInt8(scalar)
                let cost =
                    switch byte {
                    case 0x20, Byte.lf, Byte.cr: 2.0
                    case Byte.tab: 5.0
                    case 0x00...0x1F, 0x7F: 15.0
                    case _ where byte.isDigit: 4.0
                    case _ where byte.isLetter: 3.0
                    case 0x2C, 0x2D, 0x2E, 0x3A: 4.0
                    default: 5.5
                    }
                costs[scalar] = UInt8(cost * 8)
            }
            return costs
        }()

        mutating func share(_ part: Double, among scalars: some Collection<UInt32>) {
            guard !scalars.isEmpty else { return }
            let cost = UInt8(clamping: Int((-Self.logarithm(part / Double(scalars.count))) * 8))
            for scalar in scalars where scalar >= 0x80 && scalar < 0x1_0000 { costs[Int(scalar)] = cost }
        }

        mutating func share(_ part: Double, among text: String) {
            share(part, among: text.unicodeScalars.map(\.value))
        }

        /// The standard library has none without the system's.
        private static func logarithm(_ value: Double) -> Double {
            guard value > 0 else { return -100 }
            // value = significand × 2^exponent; the series of artanh for the rest.
            let fraction = (value.significand - 1) / (value.significand + 1)
            let square = fraction * fraction
            let series = fraction * (1 + square * (1 / 3 + square * (1 / 5 + square * (1 / 7 + square / 9))))
            return 2 * series + Double(value.exponent) * 0.693_147_180_56
        }
    }

    /// The characters of some rows of a set of 94 by 94.
    private static func rows(_ set: CodedSet, _ rows: ClosedRange<UInt8>) -> [UInt32] {
        rows.flatMap { row in
            (1...94 as ClosedRange<UInt8>).compactMap { cell -> UInt32? in
                guard case .scalar(let scalar) = set.character(row + 0x20, cell + 0x20) else { return nil }
                return scalar
            }
        }
    }

    private static func big5(_ leads: ClosedRange<UInt8>) -> [UInt32] {
        guard let table = CodeTable.big5 else { return [] }
        return leads.flatMap { lead in
            (0x40...0xFE as ClosedRange<UInt8>).compactMap { trail -> UInt32? in
                guard case .scalar(let scalar) = table.double(lead, trail) else { return nil }
                return scalar
            }
        }
    }

    private static let kanji =
        "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎"
        + "白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界教文元重近考画海売知"
        + "道集別物使品計死特私始朝運終台広住無真有口少町料工建空急止送切転研足究楽起着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙"
        + "黒花春赤青館屋色走秋夏習駅洋旅服夕借曜飲肉貸堂鳥飯勉冬昼茶弟牛魚兄犬妹姉漢政議民連対部合市内相定回選米実関決全表戦経最現調化当約首法性的要制治"
        + "務成期取都和機平加受続進数記初指権支産点報済活原共得解交資予向際勝面告反判認参利組信在件側任引求所次昨論官増係感情投示変打直両式確果容必演歳争談"
        + "能位置流格疑過局放常状球職与供役構割身費付由説難優夫収断石違消神番規術備宅害配警育席訪乗残想声念助労例然限追商葉伝働形景落好退頭負渡失差末守若種"
        + "美命福望非観察段横深申様財港識呼達良候程満敗値突光路科積他処太客否師登易速存飛殺号単座破除完降責捕危給苦迎園具辞因馬愛富彼未舞亡冷適婦寄込顔類"
        + "余王返妻背熱宿薬険頼覚船途許抜便留罪努精散静婚喜浮絶幸押倒等老曲払庭徒勤遅居雑招困欠更刻賛抱犯恐息遠戻願絵越欲痛笑互束似列探逃遊迷夢君閉緒折草"
        + "暮酒悲晴掛到寝暗盗吸陽御歯忘雪吹娘誤洗慣礼窓昔貧怒泳祖杯疲皆鳴腹煙眠怖耳頂箱晩寒髪忙才靴恥偶偉猫幾届株添返信依頼案内確認御社様致送付登録更新"

    private static let japanese = LanguageModel(.japanese) {
        $0.share(0.0005, among: rows(.jisSupplement, 16...77))
        $0.share(0.003, among: rows(.jis1983, 48...84))
        $0.share(0.001, among: rows(.jis1983, 89...92))
        $0.share(0.13, among: rows(.jis1983, 16...47))
        $0.share(0.003, among: rows(.jis1983, 6...8))
        $0.share(0.006, among: rows(.jis1983, 1...2) + rows(.jis1983, 13...13))
        $0.share(0.015, among: Array(0xFF01...0xFF5E))
        $0.share(0.004, among: Array(0xFF61...0xFF9F))
        $0.share(0.22, among: kanji)
        $0.share(0.06, among: Array(0x3041...0x3093))
        $0.share(0.13, among: Array(0x30A1...0x30F6) + [0x30FC])
        $0.share(0.33, among: "のにはをたがでてとしれさいなるこすまもりかっあらくけよどうんせじ")
        $0.share(0.09, among: "、。「」・！？～（）：【】")
    }

    private static let simplified =
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没"
        + "动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应"
        + "战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系"
        + "气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界"
        + "达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运请您谢号箱邮息系息网站服务客户"
        + "报价单订购货账密码验证附项合同付款票产司采销售财术持培训招聘简历申审批员优惠促免费注册登录链击退投诉建议咨询快递物流址手微支银卡险资基股券复附抄案范围版周季度末早午晚"
        + "汇预算负责团队研讨评估测试环境升级维护故障修复紧急延期取消调整计划安排参考阅读查收回执签署章程文档编辑删除密级例月薪假旅游酒店机场航班车房租买卖商城品牌市场推广营"

    private static let simplifiedChinese = LanguageModel(.simplifiedChinese) {
        $0.share(0.002, among: Array(0x4E00...0x9FA5))
        $0.share(0.003, among: rows(.gb2312, 1...9))
        $0.share(0.001, among: Array(0x3041...0x30F6))
        $0.share(0.02, among: rows(.gb2312, 56...87))
        $0.share(0.28, among: rows(.gb2312, 16...55))
        $0.share(0.02, among: Array(0xFF01...0xFF5E))
        $0.share(0.54, among: simplified)
        $0.share(0.12, among: "，。、：“”《》！？；（）【】…—")
    }

    private static let traditional =
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒"
        + "動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應"
        + "戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系"
        + "氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界"
        + "達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運請您謝號箱郵息網站服客戶灣臺台"

    private static let traditionalChinese = LanguageModel(.traditionalChinese) {
        $0.share(0.001, among: Array(0x4E00...0x9FA5))
        $0.share(0.0005, among: Array(0x3041...0x30F6))
        $0.share(0.004, among: big5(0xA1...0xA3))
        $0.share(0.02, among: big5(0xC9...0xF9))
        $0.share(0.28, among: big5(0xA4...0xC5))
        $0.share(0.02, among: Array(0xFF01...0xFF5E))
        $0.share(0.54, among: traditional)
        $0.share(0.12, among: "，。、：「」『』《》！？；（）【】…")
    }

    private static let syllables =
        "이다는을에의가하고도로지은한기를서사인시어나자라아대으리일그수니것해있정스제부전만원과상주여보게들구장성안요세면조동소공선와국유비신오자할경적거마우분"
        + "연모생학물회용내방무문화되중교실행저미관등지까당통입개계발위터치습합진중명산영간었했않없때말년월식드트크든히더임건금두단음반업체호남여저희녕감메"

    private static let korean = LanguageModel(.korean) {
        $0.share(0.0005, among: Array(0x4E00...0x9FA5))
        $0.share(0.003, among: Array(0xAC00...0xD7A3))
        $0.share(0.005, among: rows(.ksc5601, 1...9))
        $0.share(0.001, among: Array(0x3041...0x30F6))
        $0.share(0.008, among: rows(.ksc5601, 42...93))
        $0.share(0.25, among: rows(.ksc5601, 16...40))
        $0.share(0.01, among: Array(0xFF01...0xFF5E))
        $0.share(0.70, among: syllables)
        $0.share(0.02, among: "·…“”‘’「」")
    }

    private static let russian = LanguageModel(.russian) {
        $0.share(0.0002, among: Array(0x400...0x45F))
        $0.share(0.0004, among: Array(0x2500...0x25A0))
        $0.share(0.004, among: "€‚ѓ„…†‡ˆ‰‹•›©®°±²³´µ¶·¸¹º¼½¾¿÷×")
        $0.share(0.03, among: "«»“”„—–№ \u{A0}")
        let frequencies: [(Character, Double)] = [
            ("о", 0.1097), ("е", 0.0845), ("а", 0.0801), ("и", 0.0735), ("н", 0.067), ("т", 0.0626), ("с", 0.0547),
            ("р", 0.0473), ("в", 0.0454), ("л", 0.044), ("к", 0.0349), ("м", 0.0321), ("д", 0.0298), ("п", 0.0281),
            ("у", 0.0262), ("я", 0.0201), ("ы", 0.019), ("ь", 0.0174), ("г", 0.017), ("з", 0.0165), ("б", 0.0159),
            ("ч", 0.0144), ("й", 0.0121), ("х", 0.0097), ("ж", 0.0094), ("ш", 0.0073), ("ю", 0.0064), ("ц", 0.0048),
            ("щ", 0.0036), ("э", 0.0032), ("ф", 0.0026), ("ъ", 0.0004), ("ё", 0.0013), ("і", 0.002), ("ї", 0.001),
            ("є", 0.001), ("ў", 0.0003),
        ]
        for (letter, frequency) in frequencies {
            $0.share(frequency, among: String(letter))
            $0.share(frequency / 10, among: String(letter).uppercased())
        }
    }

    private static let western = LanguageModel(.western) {
        // One byte in twenty of such a text is above 127; the rest is counted as ASCII.
        $0.share(0.0001, among: Array(0xA0...0xFF))
        $0.share(0.0004, among: Array(0xC0...0xFF))
        $0.share(0.00002, among: "ƒˆ‰†‡˜ŠšŒœŽžŸ‚„‹›•")
        $0.share(0.003, among: "‘—£©®°·¡¿ªºœš§²³×½\u{A0}")
        $0.share(0.008, among: "“”’–…€«»")
        $0.share(0.01, among: "ÉÀÈÇÜÖÄÑÓÍÁÊÔÂÎÚÅØÆ")
        $0.share(0.045, among: "éèàçüöäßñóíáêôâîúûùëïãõåøæìòý")
    }

    private static let commonHan = Set((kanji + simplified + traditional).unicodeScalars.map(\.value))
}
