import Fuzzing

@main enum FuzzHTTP {
    static func main() {
        let machine = MachineCheck(.http)
        fuzz(machine.check, show: machine.show)
    }
}
