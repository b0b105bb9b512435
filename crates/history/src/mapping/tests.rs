use super::*;

fn sample() -> String {
    crate::SAMPLE_MAPPING.to_owned()
}

#[test]
fn the_sample_is_read_as_toml_and_as_json() {
    let mapping = Mapping::parse(&sample()).unwrap();
    assert_eq!(mapping.source, "incident-desk");
    assert_eq!(mapping.states["Awaiting Vendor"].reason, Some(PauseReason::WaitingThirdParty));
    assert_eq!(mapping.columns.owner, ["assigned_to"]);
    let json = serde_json::to_string(&mapping).unwrap();
    assert_eq!(Mapping::parse(&json).unwrap(), mapping);
    assert_eq!(Mapping::parse(&format!("\u{feff}{}", sample())).unwrap(), mapping);
}

#[test]
fn a_fault_is_named_by_line_or_entry() {
    for (from, to, code, entry) in [
        ("version = 1", "version = 2", "mapping_version", "version"),
        ("source = \"incident-desk\"", "source = \"Incident Desk\"", "mapping_source", "source"),
        ("delimiter = \",\"", "delimiter = \"，\"", "mapping_delimiter", "file.delimiter"),
        ("zone = \"Etc/UTC\"", "zone = \"Mars/Olympus\"", "mapping_zone", "dates.zone"),
        ("\"%d-%m-%Y\"]", "\"%d-%m\"]", "mapping_format", "dates.formats[1]"),
        ("\"%d-%m-%Y\"]", "\"%Q\"]", "mapping_format", "dates.formats[1]"),
        ("order = [\"time\", \"counter\"]", "order = [\"time\", \"time\"]", "mapping_order", "order"),
        (
            "clock = \"pause\", reason = \"other\"",
            "clock = \"pause\"",
            "mapping_pause_reason",
            "states.\"Awaiting Problem\"",
        ),
        (
            "state = \"closed\", clock = \"stop\"",
            "state = \"closed\", clock = \"resume\"",
            "mapping_state_clock",
            "states.\"Closed\"",
        ),
        ("owner = \"原服务台 Former desk\"", "owner = \" \"", "mapping_text", "fallback.owner"),
        (
            "calendar = \"round_the_clock\"",
            "calendar = \"lunar\"",
            "mapping_calendar",
            "clocks.restore.calendar",
        ),
        ("other_minutes = 7200", "other_minutes = 0", "mapping_minutes", "clocks.restore.minutes"),
        (
            "respond]\nterms = \"policy\"",
            "respond]\nterms = \"policy\"\nother_minutes = 5",
            "mapping_clock_policy",
            "clocks.respond.terms",
        ),
    ] {
        let text = sample();
        assert!(text.contains(from), "{from}");
        let error = Mapping::parse(&text.replacen(from, to, 1)).unwrap_err();
        assert_eq!((error.code, error.entry.as_str()), (code, entry), "{to}: {error}");
    }
    // What the parser refuses has its line and column.
    for (from, to) in [
        ("state = \"new\"", "state = \"novel\""),
        ("[dates]", "[dates"),
        ("site = \"location\"", "place = \"location\""),
    ] {
        let text = sample().replacen(from, to, 1);
        let line = text.lines().position(|l| l.contains(to)).unwrap() + 1;
        let error = Mapping::parse(&text).unwrap_err();
        assert_eq!((error.code, error.line), ("mapping_syntax", Some(line)), "{to}: {error}");
        assert!(error.column.is_some() && !error.what.is_empty());
    }
    let error = Mapping::parse("{\"version\": 1,\n \"source\": }").unwrap_err();
    assert_eq!((error.code, error.line), ("mapping_syntax", Some(2)));
}
