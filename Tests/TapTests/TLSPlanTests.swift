import Testing

@testable import Tap

/// What comes of the policies of both legs.
@Suite struct TLSPlanTests {
    @Test func bothMirrorsDoAsThePeersAgree() {
        #expect(TLSPlan(client: .mirror, server: .mirror, implicit: false) == .together)
        #expect(
            TLSPlan(client: .mirror, server: .mirror, implicit: true) == .apart(client: .implicit, server: .implicit))
    }

    @Test func whoeverWantsNoneIsLeftAlone() {
        #expect(TLSPlan(client: .none, server: .none, implicit: false) == .opaque)
    }

    @Test(arguments: [TLSPolicy.none, .starttls, .implicit]) func aMirrorDoesAsTheOther(_ policy: TLSPolicy) {
        let leg: TLSPlan.Leg =
            switch policy {
            case .none, .mirror: .none
            case .starttls: .starttls
            case .implicit: .implicit
            }
        #expect(TLSPlan(client: policy, server: .mirror, implicit: false) == .apart(client: leg, server: leg))
        #expect(TLSPlan(client: .mirror, server: policy, implicit: false) == .apart(client: leg, server: leg))
        // A server that speaks TLS from the first byte on is spoken to so, unless its own policy says otherwise.
        #expect(TLSPlan(client: policy, server: .mirror, implicit: true) == .apart(client: leg, server: .implicit))
    }

    @Test func eachLegByItself() {
        #expect(
            TLSPlan(client: .none, server: .starttls, implicit: false) == .apart(client: .none, server: .starttls))
        #expect(
            TLSPlan(client: .implicit, server: .starttls, implicit: true)
                == .apart(client: .implicit, server: .starttls))
    }
}
