package sample

import "rejoinder/app"

var collections = []struct {
	name, parent, query string
	articles            string // numbers
}{
	{name: "Harbour dispute", articles: "12345678"},
	{name: "Court papers", parent: "Harbour dispute", articles: "4"},
	{name: "Local press", parent: "Harbour dispute", articles: "123"},
}

var actors = []struct {
	name    string
	kind    app.ActorKind
	aliases []string
	partOf  string
}{
	{name: "Government", kind: app.ActorState},
	{name: "Ministry of Transport", kind: app.ActorState, partOf: "Government", aliases: []string{"the ministry", "وزارة النقل", "交通部"}},
	{name: "Tomas Reuel", kind: app.ActorPerson, partOf: "Ministry of Transport", aliases: []string{"托马斯·鲁埃尔", "the Minister"}},
	{name: "Port Company", kind: app.ActorOrganisation, aliases: []string{"Port Company of Varnholm", "the operator", "港口公司"}},
	{name: "Marit Osen", kind: app.ActorPerson, partOf: "Port Company"},
	{name: "Dockers' union", kind: app.ActorOrganisation, aliases: []string{"نقابة عمال الموانئ"}},
	{name: "Residents' Association", kind: app.ActorGroup, aliases: []string{"residents of Lotsgatan"}},
	{name: "Expert panel", kind: app.ActorGroup, aliases: []string{"court-appointed panel"}},
}

// The claims, in the researcher's words.
const (
	unsafe      = "The north quay is unsafe to load"
	fourCm      = "The quay wall has moved by more than four centimetres"
	onlyChoice  = "Closing the quay was the only safe choice"
	oneFlawed   = "The closure rests on one flawed inspection"
	cleanRecord = "The quay has a clean record"
	political   = "The closure is a political decision"
	publish     = "The full report must be published"
	jobs        = "The closure costs 900 jobs"
	whoPays     = "The dispute is about who pays for the repair"
	threeVisits = "Three inspections reached the same result"
	weather     = "The weather did not affect the measurement"
	bollard     = "A bollard tore out in November"
	southQuay   = "Most of the work would move to the south quay"
)

var stanceColors = map[app.Stance]app.Color{
	app.Asserts: "blue", app.Supports: "green", app.Qualifies: "orange", app.Disputes: "pink",
	app.Denies: "pink", app.Questions: "violet", app.Declines: "yellow",
}

var statements = []struct {
	actor    string
	stance   app.Stance
	claim    string
	article  string
	quote    string
	indirect bool
	margin   string
}{
	{"Ministry of Transport", app.Asserts, unsafe, "1", "a serious and immediate danger", false, "The order itself. Ask for the file number."},
	{"Ministry of Transport", app.Asserts, fourCm, "1", "has moved by more than four centimetres since January", false, ""},
	{"Tomas Reuel", app.Asserts, onlyChoice, "1", "there was no other choice", true, ""},
	{"Tomas Reuel", app.Asserts, onlyChoice, "7", "唯一安全的选择", false, ""},
	{"Ministry of Transport", app.Declines, oneFlawed, "2", "The ministry declined to comment on the inspection's date", true, ""},
	{"Ministry of Transport", app.Denies, political, "2", "concerns the safety of the quay and nothing else", false, ""},
	{"Ministry of Transport", app.Denies, political, "8", "يتعلق بسلامة العاملين لا بالسياسة", false, ""},
	{"Ministry of Transport", app.Disputes, jobs, "5", "arithmetic without a timetable", false, ""},
	{"Ministry of Transport", app.Asserts, southQuay, "5", "most of the work, it said, would move to the south quay", true, ""},
	{"Port Company", app.Asserts, oneFlawed, "2", "the ministry's findings \"rest on a single inspection in bad weather\"", false, "single inspection: ask for the log"},
	{"Port Company", app.Asserts, cleanRecord, "2", "We have loaded four million tonnes here without one reportable incident", false, ""},
	{"Port Company", app.Denies, unsafe, "7", "港口公司否认码头存在危险", true, ""},
	{"Marit Osen", app.Asserts, political, "2", "a political decision in the clothes of an engineer", false, ""},
	{"Dockers' union", app.Disputes, onlyChoice, "2", "an experiment with nine hundred families", false, ""},
	{"Dockers' union", app.Asserts, publish, "2", "demanded that the report be published in full", true, ""},
	{"Dockers' union", app.Asserts, publish, "8", "نريد أن نرى القياسات قبل أن يعود أحد إلى العمل", false, ""},
	{"Dockers' union", app.Questions, unsafe, "2", "We want to see the numbers before anybody tells us to go home or to go back", false, ""},
	{"Dockers' union", app.Supports, unsafe, "5", "no longer questions the cracks, only the calendar", false, "A change of stance since 15 May."},
	{"Dockers' union", app.Asserts, jobs, "5", "would cost 900 jobs, according to a study paid for by the dockers' union", true, "Who did the study?"},
	{"Dockers' union", app.Asserts, jobs, "6", "would cost 900 jobs, according to a study paid for by the dockers' union", true, ""},
	{"Port Company", app.Supports, jobs, "5", "shared the union's concern", true, ""},
	{"Residents' Association", app.Supports, onlyChoice, "3", "whatever the reason they wrote on the paper", false, ""},
	{"Residents' Association", app.Asserts, whoPays, "3", "They are arguing about a bill", false, ""},
	{"Residents' Association", app.Disputes, cleanRecord, "3", "Four million tonnes without an incident? In November a bollard tore out and went through a shed.", false, "Photograph promised."},
	{"Residents' Association", app.Asserts, bollard, "3", "In November a bollard tore out and went through a shed", false, ""},
	{"Port Company", app.Declines, bollard, "3", "The Port Company did not answer questions about the bollard", true, ""},
	{"Expert panel", app.Asserts, threeVisits, "4", "all three visits reached the same result", false, ""},
	{"Expert panel", app.Asserts, weather, "4", "Wind of that force changes the reading by less than half a percent.", false, ""},
	{"Expert panel", app.Qualifies, fourCm, "4", "It measured 3.1 centimetres, not four", true, ""},
	{"Expert panel", app.Qualifies, unsafe, "4", "neither confirms nor excludes a failure under full load", false, ""},
}

var relations = []struct {
	from    string
	kind    app.RelationKind
	to      string
	article string
	quote   string
}{
	{threeVisits, app.Rebuts, oneFlawed, "4", "inspected not once but three times this year"},
	{weather, app.Undercuts, oneFlawed, "4", "The weather on the day of the last visit is of no importance"},
	{whoPays, app.Reframes, political, "3", "The association does not believe that the dispute is about cracks."},
	{whoPays, app.Reframes, oneFlawed, "", ""},
	{bollard, app.Rebuts, cleanRecord, "3", "Nor does it accept the company's talk of a clean record."},
	{cleanRecord, app.Undercuts, unsafe, "", ""},
	{oneFlawed, app.RejectsSource, unsafe, "2", "rest on a single inspection in bad weather"},
	{political, app.Reframes, onlyChoice, "2", "called the order \"a political decision in the clothes of an engineer\""},
	{southQuay, app.Rebuts, jobs, "5", "The Ministry of Transport called the figure \"arithmetic without a timetable\""},
	{fourCm, app.RelationSupports, unsafe, "1", "no ship may be loaded there until it is repaired"},
}

var notes = []struct{ on, body string }{
	{"Port Company", "Owned by the city until 2019. Watch who signs the statements: lawyer or harbour master. It says nothing on the bollard: see [[A bollard tore out in November]]."},
	{"Ministry of Transport", "Three versions of the number of centimetres so far. Ask for the measuring log of January."},
	{"Dockers' union", "Changed its stance on 3 June, the day its own study came out. Compare [[Closure to cost 900 jobs, says union study]]."},
	{oneFlawed, "Two wordings; the stronger one came after the court date was set. The panel answers it directly."},
	{cleanRecord, "Nobody has asked what counts as *reportable*."},
	{jobs, "One study, paid for by the union; two papers print the same wire."},
	{whoPays, "The bill is 38 million crowns. Look in the contract of 2019."},
}

var tags = []struct{ path, articles string }{
	{"jobs", "56"},
	{"safety", "1248"},
	{"safety/dust", "3"},
	{"procedure", "248"},
}

var tagColors = map[string]app.Color{"jobs": "yellow", "safety": "green", "procedure": "violet"}
