// Made by Python's codecs.
enum GuessVectors {
    static let all: [(charset: String, hex: String, text: String)] = [
        (
            "euc-jp",
            "A4B3A4F3A4CBA4C1A4CF",
            "こんにちは"
        ),
        (
            "euc-jp",
            "B2F1B5C4A4CEA4B4B0C6C6E2",
            "会議のご案内"
        ),
        (
            "euc-jp",
            "A4AAB8ABC0D1A4EAA4CEB7EFA4CBA4C4A4A4A4C6",
            "お見積りの件について"
        ),
        (
            "euc-jp",
            "52653A20CCC0C6FCA4CEC2C7A4C1B9E7A4EFA4BB",
            "Re: 明日の打ち合わせ"
        ),
        (
            "euc-jp",
            "A1DABDC5CDD7A1DBA5B7A5B9A5C6A5E0A5E1A5F3A5C6A5CAA5F3A5B9A4CEA4AAC3CEA4E9A4BB",
            "【重要】システムメンテナンスのお知らせ"
        ),
        (
            "euc-jp",
            "A5C6A5B9A5C8",
            "テスト"
        ),
        (
            "euc-jp",
            "C5ECB5FE",
            "東京"
        ),
        (
            "euc-jp",
            "A4B4CFA2CDEDA4A2A4EAA4ACA4C8A4A6A4B4A4B6A4A4A4DEA4B9A1A3BBB3C5C4A4C7A4B9A1A3",
            "ご連絡ありがとうございます。山田です。"
        ),
        (
            "euc-jp",
            "A4A4A4C4A4E2A4AAC0A4CFC3A4CBA4CAA4C3A4C6A4AAA4EAA4DEA4B9A1A3B3F4BCB0B2F1BCD2A5B5A5F3"
                + "A5D7A5EBA4CEBAB4C6A3A4C7A4B4A4B6A4A4A4DEA4B9A1A30D0AC0E8C6FCA4B4B0CDCDEAA4A4A4BFA4C0"
                + "A4ADA4DEA4B7A4BFA4AAB8ABC0D1BDF1A4F2C5BAC9D5A5D5A5A1A5A4A5EBA4CBA4C6A4AAC1F7A4EAA4A4"
                + "A4BFA4B7A4DEA4B9A1A3A4B4B3CEC7A7A4CEA4DBA4C9A1A2A4E8A4EDA4B7A4AFA4AAB4EAA4A4BFBDA4B7"
                + "BEE5A4B2A4DEA4B9A1A30D0AA4CAA4AAA1A2A4B4C9D4CCC0A4CAC5C0A4CAA4C9A4B4A4B6A4A4A4DEA4B7"
                + "A4BFA4E9A1A2A4AAB5A4B7DAA4CBA4AACCE4A4A4B9E7A4EFA4BBA4AFA4C0A4B5A4A4A1A3",
            "いつもお世話になっております。株式会社サンプルの佐藤でございます。\r\n先日ご依頼いただき"
                + "ましたお見積書を添付ファイルにてお送りいたします。ご確認のほど、よろしくお願い申し上げま"
                + "す。\r\nなお、ご不明な点などございましたら、お気軽にお問い合わせください。"
        ),
        (
            "shift_jis",
            "82B182F182C982BF82CD",
            "こんにちは"
        ),
        (
            "shift_jis",
            "89EF8B6382CC82B288C493E0",
            "会議のご案内"
        ),
        (
            "shift_jis",
            "82A88CA990CF82E882CC8C8F82C982C282A282C4",
            "お見積りの件について"
        ),
        (
            "shift_jis",
            "52653A2096BE93FA82CC91C582BF8D8782ED82B9",
            "Re: 明日の打ち合わせ"
        ),
        (
            "shift_jis",
            "81798F649776817A835683588365838083818393836583698393835882CC82A8926D82E782B9",
            "【重要】システムメンテナンスのお知らせ"
        ),
        (
            "shift_jis",
            "836583588367",
            "テスト"
        ),
        (
            "shift_jis",
            "938C8B9E",
            "東京"
        ),
        (
            "shift_jis",
            "82B29841978D82A082E882AA82C682A482B282B482A282DC82B781428E52936382C582B78142",
            "ご連絡ありがとうございます。山田です。"
        ),
        (
            "shift_jis",
            "82A282C282E082A890A2986282C982C882C182C482A882E882DC82B781428A948EAE89EF8ED083548393"
                + "8376838B82CC8DB293A182C582B282B482A282DC82B781420D0A90E693FA82B288CB978A82A282BD82BE"
                + "82AB82DC82B582BD82A88CA990CF8F9182F093599574837483408343838B82C982C482A8919782E882A2"
                + "82BD82B582DC82B7814282B28A6D944682CC82D982C7814182E682EB82B582AD82A88AE882A2905C82B5"
                + "8FE382B082DC82B781420D0A82C882A8814182B2957396BE82C8935F82C882C782B282B482A282DC82B5"
                + "82BD82E7814182A88B438C7982C982A896E282A28D8782ED82B982AD82BE82B382A28142",
            "いつもお世話になっております。株式会社サンプルの佐藤でございます。\r\n先日ご依頼いただき"
                + "ましたお見積書を添付ファイルにてお送りいたします。ご確認のほど、よろしくお願い申し上げま"
                + "す。\r\nなお、ご不明な点などございましたら、お気軽にお問い合わせください。"
        ),
        (
            "utf-8",
            "E38193E38293E381ABE381A1E381AF",
            "こんにちは"
        ),
        (
            "utf-8",
            "E4BC9AE8ADB0E381AEE38194E6A188E58685",
            "会議のご案内"
        ),
        (
            "utf-8",
            "E3818AE8A68BE7A98DE3828AE381AEE4BBB6E381ABE381A4E38184E381A6",
            "お見積りの件について"
        ),
        (
            "utf-8",
            "52653A20E6988EE697A5E381AEE68993E381A1E59088E3828FE3819B",
            "Re: 明日の打ち合わせ"
        ),
        (
            "utf-8",
            "E38090E9878DE8A681E38091E382B7E382B9E38386E383A0E383A1E383B3E38386E3838AE383B3E382B9"
                + "E381AEE3818AE79FA5E38289E3819B",
            "【重要】システムメンテナンスのお知らせ"
        ),
        (
            "utf-8",
            "E38386E382B9E38388",
            "テスト"
        ),
        (
            "utf-8",
            "E69DB1E4BAAC",
            "東京"
        ),
        (
            "utf-8",
            "E38194E980A3E7B5A1E38182E3828AE3818CE381A8E38186E38194E38196E38184E381BEE38199E38082"
                + "E5B1B1E794B0E381A7E38199E38082",
            "ご連絡ありがとうございます。山田です。"
        ),
        (
            "utf-8",
            "E38184E381A4E38282E3818AE4B896E8A9B1E381ABE381AAE381A3E381A6E3818AE3828AE381BEE38199"
                + "E38082E6A0AAE5BC8FE4BC9AE7A4BEE382B5E383B3E38397E383ABE381AEE4BD90E897A4E381A7E38194"
                + "E38196E38184E381BEE38199E380820D0AE58588E697A5E38194E4BE9DE9A0BCE38184E3819FE381A0E3"
                + "818DE381BEE38197E3819FE3818AE8A68BE7A98DE69BB8E38292E6B7BBE4BB98E38395E382A1E382A4E3"
                + "83ABE381ABE381A6E3818AE98081E3828AE38184E3819FE38197E381BEE38199E38082E38194E7A2BAE8"
                + "AA8DE381AEE381BBE381A9E38081E38288E3828DE38197E3818FE3818AE9A198E38184E794B3E38197E4"
                + "B88AE38192E381BEE38199E380820D0AE381AAE3818AE38081E38194E4B88DE6988EE381AAE782B9E381"
                + "AAE381A9E38194E38196E38184E381BEE38197E3819FE38289E38081E3818AE6B097E8BBBDE381ABE381"
                + "8AE5958FE38184E59088E3828FE3819BE3818FE381A0E38195E38184E38082",
            "いつもお世話になっております。株式会社サンプルの佐藤でございます。\r\n先日ご依頼いただき"
                + "ましたお見積書を添付ファイルにてお送りいたします。ご確認のほど、よろしくお願い申し上げま"
                + "す。\r\nなお、ご不明な点などございましたら、お気軽にお問い合わせください。"
        ),
        (
            "iso-2022-jp",
            "1B244224332473244B2441244F1B2842",
            "こんにちは"
        ),
        (
            "iso-2022-jp",
            "1B244232713544244E2434304646621B2842",
            "会議のご案内"
        ),
        (
            "iso-2022-jp",
            "1B2442242A382B4051246A244E376F244B2444242424461B2842",
            "お見積りの件について"
        ),
        (
            "iso-2022-jp",
            "52653A201B24424C40467C244E424724413967246F243B1B2842",
            "Re: 明日の打ち合わせ"
        ),
        (
            "iso-2022-jp",
            "1B2442215A3D454D57215B2537253925462560256125732546254A25732539244E242A434E2469243B1B"
                + "2842",
            "【重要】システムメンテナンスのお知らせ"
        ),
        (
            "iso-2022-jp",
            "1B24422546253925481B2842",
            "テスト"
        ),
        (
            "iso-2022-jp",
            "1B2442456C357E1B2842",
            "東京"
        ),
        (
            "iso-2022-jp",
            "1B244224344F224D6D2422246A242C24482426243424362424245E243921233B3345442447243921231B"
                + "2842",
            "ご連絡ありがとうございます。山田です。"
        ),
        (
            "iso-2022-jp",
            "1B2442242424442462242A40244F43244B244A24432446242A246A245E2439212333743C3032713C5225"
                + "3525732557256B244E3A3446232447243424362424245E243921231B28420D0A1B24424068467C243430"
                + "4D4D6A2424243F2440242D245E2437243F242A382B40513D712472453A4955255525212524256B244B24"
                + "46242A4177246A2424243F2437245E243921232434334E4727244E245B244921222468246D2437242F24"
                + "2A346A24243F3D24373E652432245E243921231B28420D0A1B2442244A242A2122243449544C40244A45"
                + "40244A2449243424362424245E2437243F24692122242A3524375A244B242A4C6424243967246F243B24"
                + "2F24402435242421231B2842",
            "いつもお世話になっております。株式会社サンプルの佐藤でございます。\r\n先日ご依頼いただき"
                + "ましたお見積書を添付ファイルにてお送りいたします。ご確認のほど、よろしくお願い申し上げま"
                + "す。\r\nなお、ご不明な点などございましたら、お気軽にお問い合わせください。"
        ),
        (
            "gb18030",
            "C4E3BAC3",
            "你好"
        ),
        (
            "gb18030",
            "BBE1D2E9CDA8D6AA",
            "会议通知"
        ),
        (
            "gb18030",
            "B9D8D3DAC3F7CCECBBE1D2E9B5C4B0B2C5C5",
            "关于明天会议的安排"
        ),
        (
            "gb18030",
            "52653A20B1A8BCDBB5A5",
            "Re: 报价单"
        ),
        (
            "gb18030",
            "C4FAB5C4B6A9B5A5D2D1B7A2BBF5",
            "您的订单已发货"
        ),
        (
            "gb18030",
            "B2E2CAD4D3CABCFE",
            "测试邮件"
        ),
        (
            "gb18030",
            "BBD8B8B4A3BACFEEC4BFBDF8B6C8",
            "回复：项目进度"
        ),
        (
            "gb18030",
            "D7F0BEB4B5C4BFCDBBA7A3BA0D0AC4FABAC3A3A1B8D0D0BBC4FACAB9D3C3CED2C3C7B5C4B7FECEF1A1A3"
                + "C4FAB5C4B6A9B5A5D2D1BEADB7A2BBF5A3ACC7EBD7A2D2E2B2E9CAD5A1A3C8E7B9FBD3D0C8CEBACECECA"
                + "CCE2A3ACC7EBCBE6CAB1D3EBCED2C3C7B5C4BFCDB7FEC1AACFB5A3ACCED2C3C7BBE1BEA1BFECB8F8C4FA"
                + "B4F0B8B4A1A3D7A3C4FAC9FABBEED3E4BFECA3A1",
            "尊敬的客户：\r\n您好！感谢您使用我们的服务。您的订单已经发货，请注意查收。如果有任何问题"
                + "，请随时与我们的客服联系，我们会尽快给您答复。祝您生活愉快！"
        ),
        (
            "utf-8",
            "E4BDA0E5A5BD",
            "你好"
        ),
        (
            "utf-8",
            "E4BC9AE8AEAEE9809AE79FA5",
            "会议通知"
        ),
        (
            "utf-8",
            "E585B3E4BA8EE6988EE5A4A9E4BC9AE8AEAEE79A84E5AE89E68E92",
            "关于明天会议的安排"
        ),
        (
            "utf-8",
            "52653A20E68AA5E4BBB7E58D95",
            "Re: 报价单"
        ),
        (
            "utf-8",
            "E682A8E79A84E8AEA2E58D95E5B7B2E58F91E8B4A7",
            "您的订单已发货"
        ),
        (
            "utf-8",
            "E6B58BE8AF95E982AEE4BBB6",
            "测试邮件"
        ),
        (
            "utf-8",
            "E59B9EE5A48DEFBC9AE9A1B9E79BAEE8BF9BE5BAA6",
            "回复：项目进度"
        ),
        (
            "utf-8",
            "E5B08AE695ACE79A84E5AEA2E688B7EFBC9A0D0AE682A8E5A5BDEFBC81E6849FE8B0A2E682A8E4BDBFE7"
                + "94A8E68891E4BBACE79A84E69C8DE58AA1E38082E682A8E79A84E8AEA2E58D95E5B7B2E7BB8FE58F91E8"
                + "B4A7EFBC8CE8AFB7E6B3A8E6848FE69FA5E694B6E38082E5A682E69E9CE69C89E4BBBBE4BD95E997AEE9"
                + "A298EFBC8CE8AFB7E99A8FE697B6E4B88EE68891E4BBACE79A84E5AEA2E69C8DE88194E7B3BBEFBC8CE6"
                + "8891E4BBACE4BC9AE5B0BDE5BFABE7BB99E682A8E7AD94E5A48DE38082E7A59DE682A8E7949FE6B4BBE6"
                + "8489E5BFABEFBC81",
            "尊敬的客户：\r\n您好！感谢您使用我们的服务。您的订单已经发货，请注意查收。如果有任何问题"
                + "，请随时与我们的客服联系，我们会尽快给您答复。祝您生活愉快！"
        ),
        (
            "big5",
            "B17AA66E",
            "您好"
        ),
        (
            "big5",
            "B77CC4B3B371AABE",
            "會議通知"
        ),
        (
            "big5",
            "C3F6A9F3A9FAA4D1B77CC4B3AABAA677B1C6",
            "關於明天會議的安排"
        ),
        (
            "big5",
            "52653A20B3F8BBF9B3E6",
            "Re: 報價單"
        ),
        (
            "big5",
            "B17AAABAAD71B3E6A477A558B366",
            "您的訂單已出貨"
        ),
        (
            "big5",
            "B4FAB8D5B66CA5F3",
            "測試郵件"
        ),
        (
            "big5",
            "A65EC2D0A147B14DAED7B669ABD7",
            "回覆：專案進度"
        ),
        (
            "big5",
            "BFCBB752AABAABC8A4E1A1470D0AB17AA66EA149B750C1C2B17AA8CFA5CEA7DAADCCAABAAA41B0C8A143"
                + "B17AAABAAD71B3E6A477B867A558B366A141BDD0AA60B74EAC64A6ACA143A670AA47A6B3A5F4A6F3B0DD"
                + "C344A141BDD0C048AEC9BB50A7DAADCCAABAABC8AA41C170B5B8A141A7DAADCCB77CBEA8A7D6B5B9B17A"
                + "B5AAC2D0A143AFACB17AA5CDACA1B472A7D6A149",
            "親愛的客戶：\r\n您好！感謝您使用我們的服務。您的訂單已經出貨，請注意查收。如果有任何問題"
                + "，請隨時與我們的客服聯絡，我們會儘快給您答覆。祝您生活愉快！"
        ),
        (
            "utf-8",
            "E682A8E5A5BD",
            "您好"
        ),
        (
            "utf-8",
            "E69C83E8ADB0E9809AE79FA5",
            "會議通知"
        ),
        (
            "utf-8",
            "E9979CE696BCE6988EE5A4A9E69C83E8ADB0E79A84E5AE89E68E92",
            "關於明天會議的安排"
        ),
        (
            "utf-8",
            "52653A20E5A0B1E583B9E596AE",
            "Re: 報價單"
        ),
        (
            "utf-8",
            "E682A8E79A84E8A882E596AEE5B7B2E587BAE8B2A8",
            "您的訂單已出貨"
        ),
        (
            "utf-8",
            "E6B8ACE8A9A6E983B5E4BBB6",
            "測試郵件"
        ),
        (
            "utf-8",
            "E59B9EE8A686EFBC9AE5B088E6A188E980B2E5BAA6",
            "回覆：專案進度"
        ),
        (
            "utf-8",
            "E8A6AAE6849BE79A84E5AEA2E688B6EFBC9A0D0AE682A8E5A5BDEFBC81E6849FE8AC9DE682A8E4BDBFE7"
                + "94A8E68891E58091E79A84E69C8DE58B99E38082E682A8E79A84E8A882E596AEE5B7B2E7B693E587BAE8"
                + "B2A8EFBC8CE8AB8BE6B3A8E6848FE69FA5E694B6E38082E5A682E69E9CE69C89E4BBBBE4BD95E5958FE9"
                + "A18CEFBC8CE8AB8BE99AA8E69982E88887E68891E58091E79A84E5AEA2E69C8DE881AFE7B5A1EFBC8CE6"
                + "8891E58091E69C83E58498E5BFABE7B5A6E682A8E7AD94E8A686E38082E7A59DE682A8E7949FE6B4BBE6"
                + "8489E5BFABEFBC81",
            "親愛的客戶：\r\n您好！感謝您使用我們的服務。您的訂單已經出貨，請注意查收。如果有任何問題"
                + "，請隨時與我們的客服聯絡，我們會儘快給您答覆。祝您生活愉快！"
        ),
        (
            "euc-kr",
            "BEC8B3E7C7CFBCBCBFE4",
            "안녕하세요"
        ),
        (
            "euc-kr",
            "C8B8C0C720BEC8B3BB",
            "회의 안내"
        ),
        (
            "euc-kr",
            "B3BBC0CF20C8B8C0C720C0CFC1A4BFA120B4EBC7CFBFA9",
            "내일 회의 일정에 대하여"
        ),
        (
            "euc-kr",
            "52653A20B0DFC0FBBCAD",
            "Re: 견적서"
        ),
        (
            "euc-kr",
            "C1D6B9AEC7CFBDC520BBF3C7B0C0CC20B9DFBCDBB5C7BEFABDC0B4CFB4D9",
            "주문하신 상품이 발송되었습니다"
        ),
        (
            "euc-kr",
            "C5D7BDBAC6AE20B8DEC0CF",
            "테스트 메일"
        ),
        (
            "euc-kr",
            "C8B8BDC53A20C7C1B7CEC1A7C6AE20C1F8C7E0",
            "회신: 프로젝트 진행"
        ),
        (
            "euc-kr",
            "BEC8B3E7C7CFBCBCBFE42E20B0EDB0B4B4D4B2B2BCAD20C1D6B9AEC7CFBDC520BBF3C7B0C0CC20B9DFBC"
                + "DBB5C7BEFABDC0B4CFB4D92E0D0AB9E8BCDB20C1B6C8B8B4C220C8A8C6E4C0CCC1F6BFA1BCAD20C8AEC0"
                + "CEC7CFBDC720BCF620C0D6BDC0B4CFB4D92E20B9AEC0C720BBE7C7D7C0CC20C0D6C0B8BDC3B8E920BEF0"
                + "C1A6B5E7C1F620BFACB6F4C7D820C1D6BDC3B1E220B9D9B6F8B4CFB4D92E20B0A8BBE7C7D5B4CFB4D92E",
            "안녕하세요. 고객님께서 주문하신 상품이 발송되었습니다.\r\n배송 조회는 홈페이지에"
                + "서 확인하실 수 있습니다. 문의 사항이 있으시면 언제든지 연락해 주시기 바랍니다"
                + ". 감사합니다."
        ),
        (
            "utf-8",
            "EC9588EB8595ED9598EC84B8EC9A94",
            "안녕하세요"
        ),
        (
            "utf-8",
            "ED9A8CEC9D9820EC9588EB82B4",
            "회의 안내"
        ),
        (
            "utf-8",
            "EB82B4EC9DBC20ED9A8CEC9D9820EC9DBCECA095EC979020EB8C80ED9598EC97AC",
            "내일 회의 일정에 대하여"
        ),
        (
            "utf-8",
            "52653A20EAB2ACECA081EC849C",
            "Re: 견적서"
        ),
        (
            "utf-8",
            "ECA3BCEBACB8ED9598EC8BA020EC8381ED9288EC9DB420EBB09CEC86A1EB9098EC9788EC8AB5EB8B88EB"
                + "8BA4",
            "주문하신 상품이 발송되었습니다"
        ),
        (
            "utf-8",
            "ED858CEC8AA4ED8AB820EBA994EC9DBC",
            "테스트 메일"
        ),
        (
            "utf-8",
            "ED9A8CEC8BA03A20ED9484EBA19CECA09DED8AB820ECA784ED9689",
            "회신: 프로젝트 진행"
        ),
        (
            "utf-8",
            "EC9588EB8595ED9598EC84B8EC9A942E20EAB3A0EAB09DEB8B98EABB98EC849C20ECA3BCEBACB8ED9598"
                + "EC8BA020EC8381ED9288EC9DB420EBB09CEC86A1EB9098EC9788EC8AB5EB8B88EB8BA42E0D0AEBB0B0EC"
                + "86A120ECA1B0ED9A8CEB8A9420ED9988ED8E98EC9DB4ECA780EC9790EC849C20ED9995EC9DB8ED9598EC"
                + "8BA420EC889820EC9E88EC8AB5EB8B88EB8BA42E20EBACB8EC9D9820EC82ACED95ADEC9DB420EC9E88EC"
                + "9CBCEC8B9CEBA9B420EC96B8ECA09CEB93A0ECA78020EC97B0EB9DBDED95B420ECA3BCEC8B9CEAB8B020"
                + "EBB094EB9E8DEB8B88EB8BA42E20EAB090EC82ACED95A9EB8B88EB8BA42E",
            "안녕하세요. 고객님께서 주문하신 상품이 발송되었습니다.\r\n배송 조회는 홈페이지에"
                + "서 확인하실 수 있습니다. 문의 사항이 있으시면 언제든지 연락해 주시기 바랍니다"
                + ". 감사합니다."
        ),
        (
            "koi8-r",
            "F0D2C9D7C5D4",
            "Привет"
        ),
        (
            "koi8-r",
            "F0D2C9C7CCC1DBC5CEC9C520CEC120D3CFD7C5DDC1CEC9C5",
            "Приглашение на совещание"
        ),
        (
            "koi8-r",
            "52653A20D3DEA3D420DAC120CDC1CA",
            "Re: счёт за май"
        ),
        (
            "koi8-r",
            "F4C5D3D4",
            "Тест"
        ),
        (
            "koi8-r",
            "F7E1F6EEEF3A20CFC2CECFD7CCC5CEC9C520D3C9D3D4C5CDD9",
            "ВАЖНО: обновление системы"
        ),
        (
            "koi8-r",
            "FAC1CBC1DA20CFD4D0D2C1D7CCC5CE",
            "Заказ отправлен"
        ),
        (
            "koi8-r",
            "EFD4DEA3D4",
            "Отчёт"
        ),
        (
            "koi8-r",
            "FAC4D2C1D7D3D4D7D5CAD4C5210D0AE2CCC1C7CFC4C1D2C9CD20D7C1D320DAC120DAC1CBC1DA2E20F7C1"
                + "DB20DAC1CBC1DA20CFD4D0D2C1D7CCC5CE20C920C2D5C4C5D420C4CFD3D4C1D7CCC5CE20D720D4C5DEC5"
                + "CEC9C520D4D2A3C820D2C1C2CFDEC9C820C4CEC5CA2E20E5D3CCC920D520D7C1D320C5D3D4D820D7CFD0"
                + "D2CFD3D92C20D0CFD6C1CCD5CAD3D4C12C20D3D7D1D6C9D4C5D3D820D320CEC1DBC5CA20D3CCD5D6C2CF"
                + "CA20D0CFC4C4C5D2D6CBC92E",
            "Здравствуйте!\r\nБлагодарим вас за заказ. Ваш "
                + "заказ отправлен и будет доставлен в течение "
                + "трёх рабочих дней. Если у вас есть вопросы, "
                + "пожалуйста, свяжитесь с нашей службой поддер"
                + "жки."
        ),
        (
            "windows-1251",
            "CFF0E8E2E5F2",
            "Привет"
        ),
        (
            "windows-1251",
            "CFF0E8E3EBE0F8E5EDE8E520EDE020F1EEE2E5F9E0EDE8E5",
            "Приглашение на совещание"
        ),
        (
            "windows-1251",
            "52653A20F1F7B8F220E7E020ECE0E9",
            "Re: счёт за май"
        ),
        (
            "windows-1251",
            "D2E5F1F2",
            "Тест"
        ),
        (
            "windows-1251",
            "C2C0C6CDCE3A20EEE1EDEEE2EBE5EDE8E520F1E8F1F2E5ECFB",
            "ВАЖНО: обновление системы"
        ),
        (
            "windows-1251",
            "C7E0EAE0E720EEF2EFF0E0E2EBE5ED",
            "Заказ отправлен"
        ),
        (
            "windows-1251",
            "CEF2F7B8F2",
            "Отчёт"
        ),
        (
            "windows-1251",
            "C7E4F0E0E2F1F2E2F3E9F2E5210D0AC1EBE0E3EEE4E0F0E8EC20E2E0F120E7E020E7E0EAE0E72E20C2E0"
                + "F820E7E0EAE0E720EEF2EFF0E0E2EBE5ED20E820E1F3E4E5F220E4EEF1F2E0E2EBE5ED20E220F2E5F7E5"
                + "EDE8E520F2F0B8F520F0E0E1EEF7E8F520E4EDE5E92E20C5F1EBE820F320E2E0F120E5F1F2FC20E2EEEF"
                + "F0EEF1FB2C20EFEEE6E0EBF3E9F1F2E02C20F1E2FFE6E8F2E5F1FC20F120EDE0F8E5E920F1EBF3E6E1EE"
                + "E920EFEEE4E4E5F0E6EAE82E",
            "Здравствуйте!\r\nБлагодарим вас за заказ. Ваш "
                + "заказ отправлен и будет доставлен в течение "
                + "трёх рабочих дней. Если у вас есть вопросы, "
                + "пожалуйста, свяжитесь с нашей службой поддер"
                + "жки."
        ),
        (
            "utf-8",
            "D09FD180D0B8D0B2D0B5D182",
            "Привет"
        ),
        (
            "utf-8",
            "D09FD180D0B8D0B3D0BBD0B0D188D0B5D0BDD0B8D0B520D0BDD0B020D181D0BED0B2D0B5D189D0B0D0BD"
                + "D0B8D0B5",
            "Приглашение на совещание"
        ),
        (
            "utf-8",
            "52653A20D181D187D191D18220D0B7D0B020D0BCD0B0D0B9",
            "Re: счёт за май"
        ),
        (
            "utf-8",
            "D0A2D0B5D181D182",
            "Тест"
        ),
        (
            "utf-8",
            "D092D090D096D09DD09E3A20D0BED0B1D0BDD0BED0B2D0BBD0B5D0BDD0B8D0B520D181D0B8D181D182D0"
                + "B5D0BCD18B",
            "ВАЖНО: обновление системы"
        ),
        (
            "utf-8",
            "D097D0B0D0BAD0B0D0B720D0BED182D0BFD180D0B0D0B2D0BBD0B5D0BD",
            "Заказ отправлен"
        ),
        (
            "utf-8",
            "D09ED182D187D191D182",
            "Отчёт"
        ),
        (
            "utf-8",
            "D097D0B4D180D0B0D0B2D181D182D0B2D183D0B9D182D0B5210D0AD091D0BBD0B0D0B3D0BED0B4D0B0D1"
                + "80D0B8D0BC20D0B2D0B0D18120D0B7D0B020D0B7D0B0D0BAD0B0D0B72E20D092D0B0D18820D0B7D0B0D0"
                + "BAD0B0D0B720D0BED182D0BFD180D0B0D0B2D0BBD0B5D0BD20D0B820D0B1D183D0B4D0B5D18220D0B4D0"
                + "BED181D182D0B0D0B2D0BBD0B5D0BD20D0B220D182D0B5D187D0B5D0BDD0B8D0B520D182D180D191D185"
                + "20D180D0B0D0B1D0BED187D0B8D18520D0B4D0BDD0B5D0B92E20D095D181D0BBD0B820D18320D0B2D0B0"
                + "D18120D0B5D181D182D18C20D0B2D0BED0BFD180D0BED181D18B2C20D0BFD0BED0B6D0B0D0BBD183D0B9"
                + "D181D182D0B02C20D181D0B2D18FD0B6D0B8D182D0B5D181D18C20D18120D0BDD0B0D188D0B5D0B920D1"
                + "81D0BBD183D0B6D0B1D0BED0B920D0BFD0BED0B4D0B4D0B5D180D0B6D0BAD0B82E",
            "Здравствуйте!\r\nБлагодарим вас за заказ. Ваш "
                + "заказ отправлен и будет доставлен в течение "
                + "трёх рабочих дней. Если у вас есть вопросы, "
                + "пожалуйста, свяжитесь с нашей службой поддер"
                + "жки."
        ),
        (
            "windows-1252",
            "636166E9",
            "café"
        ),
        (
            "windows-1252",
            "4772FCDF6520617573204DFC6E6368656E",
            "Grüße aus München"
        ),
        (
            "windows-1252",
            "52E9756E696F6E206465206D61726469",
            "Réunion de mardi"
        ),
        (
            "windows-1252",
            "52653A20466163747572616369F36E206465206A756C696F",
            "Re: Facturación de julio"
        ),
        (
            "windows-1252",
            "566F63EA206AE120657374E1",
            "Você já está"
        ),
        (
            "windows-1252",
            "4DF864652070E52074697273646167",
            "Møde på tirsdag"
        ),
        (
            "windows-1252",
            "4C92E974E920E020506172697320962070726F6772616D6D65",
            "L’été à Paris – programme"
        ),
        (
            "windows-1252",
            "DC62657277656973756E67",
            "Überweisung"
        ),
        (
            "windows-1252",
            "6E61EF7665",
            "naïve"
        ),
        (
            "windows-1252",
            "5365687220676565687274652044616D656E20756E642048657272656E2C0D0A7669656C656E2044616E"
                + "6B2066FC7220496872652042657374656C6C756E672E2044696520576172652077757264652068657574"
                + "652076657273636869636B7420756E642064FC7266746520696E2064656E206EE463687374656E205461"
                + "67656E2065696E7472656666656E2E2046FC722052FC636B66726167656E2073746568656E2077697220"
                + "6765726E65207A75722056657266FC67756E672E0D0A4D697420667265756E646C696368656E204772FC"
                + "DF656E",
            "Sehr geehrte Damen und Herren,\r\nvielen Dank "
                + "für Ihre Bestellung. Die Ware wurde heute ve"
                + "rschickt und dürfte in den nächsten Tagen ei"
                + "ntreffen. Für Rückfragen stehen wir gerne zu"
                + "r Verfügung.\r\nMit freundlichen Grüßen"
        ),
        (
            "windows-1252",
            "426F6E6A6F75722C0D0A4E6F757320766F75732072656D657263696F6E7320706F757220766F74726520"
                + "636F6D6D616E64652E20566F74726520636F6C6973206120E974E920657870E96469E92061756A6F7572"
                + "649268756920657420646576726169742061727269766572207472E873206269656E74F4742E204E9268"
                + "E9736974657A2070617320E0206E6F757320636F6E74616374657220736920766F7573206176657A2064"
                + "6573207175657374696F6E732E0D0AC0206269656E74F474",
            "Bonjour,\r\nNous vous remercions pour votre co"
                + "mmande. Votre colis a été expédié aujourd’hu"
                + "i et devrait arriver très bientôt. N’hésitez"
                + " pas à nous contacter si vous avez des quest"
                + "ions.\r\nÀ bientôt"
        ),
        (
            "utf-8",
            "636166C3A9",
            "café"
        ),
        (
            "utf-8",
            "4772C3BCC39F6520617573204DC3BC6E6368656E",
            "Grüße aus München"
        ),
        (
            "utf-8",
            "52C3A9756E696F6E206465206D61726469",
            "Réunion de mardi"
        ),
        (
            "utf-8",
            "52653A20466163747572616369C3B36E206465206A756C696F",
            "Re: Facturación de julio"
        ),
        (
            "utf-8",
            "566F63C3AA206AC3A120657374C3A1",
            "Você já está"
        ),
        (
            "utf-8",
            "4DC3B864652070C3A52074697273646167",
            "Møde på tirsdag"
        ),
        (
            "utf-8",
            "4CE28099C3A974C3A920C3A020506172697320E280932070726F6772616D6D65",
            "L’été à Paris – programme"
        ),
        (
            "utf-8",
            "C39C62657277656973756E67",
            "Überweisung"
        ),
        (
            "utf-8",
            "6E61C3AF7665",
            "naïve"
        ),
        (
            "utf-8",
            "5365687220676565687274652044616D656E20756E642048657272656E2C0D0A7669656C656E2044616E"
                + "6B2066C3BC7220496872652042657374656C6C756E672E20446965205761726520777572646520686575"
                + "74652076657273636869636B7420756E642064C3BC7266746520696E2064656E206EC3A463687374656E"
                + "20546167656E2065696E7472656666656E2E2046C3BC722052C3BC636B66726167656E2073746568656E"
                + "20776972206765726E65207A75722056657266C3BC67756E672E0D0A4D697420667265756E646C696368"
                + "656E204772C3BCC39F656E",
            "Sehr geehrte Damen und Herren,\r\nvielen Dank "
                + "für Ihre Bestellung. Die Ware wurde heute ve"
                + "rschickt und dürfte in den nächsten Tagen ei"
                + "ntreffen. Für Rückfragen stehen wir gerne zu"
                + "r Verfügung.\r\nMit freundlichen Grüßen"
        ),
        (
            "utf-8",
            "426F6E6A6F75722C0D0A4E6F757320766F75732072656D657263696F6E7320706F757220766F74726520"
                + "636F6D6D616E64652E20566F74726520636F6C6973206120C3A974C3A920657870C3A96469C3A9206175"
                + "6A6F757264E2809968756920657420646576726169742061727269766572207472C3A873206269656E74"
                + "C3B4742E204EE2809968C3A9736974657A2070617320C3A0206E6F757320636F6E746163746572207369"
                + "20766F7573206176657A20646573207175657374696F6E732E0D0AC380206269656E74C3B474",
            "Bonjour,\r\nNous vous remercions pour votre co"
                + "mmande. Votre colis a été expédié aujourd’hu"
                + "i et devrait arriver très bientôt. N’hésitez"
                + " pas à nous contacter si vous avez des quest"
                + "ions.\r\nÀ bientôt"
        ),
    ]
}
