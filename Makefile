# Rejoinder. On a fresh Debian or Ubuntu machine with Go, git and make:
#   make run     installs what is missing, builds, and opens the window
#   make test    installs what is missing, and runs every check and test

GO      ?= go
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -X main.version=$(VERSION)
TAGS    := migrated_fynedo
LINT    := build/tools/golangci-lint-2.15.0

# Everything that opens no window: tested with the race detector too.
PLAIN := ./app ./app/apptest ./app/cli ./app/exporter ./app/gui/textlayout ./app/importer ./app/layers ./app/notelink ./app/query ./app/sample ./app/settings \
	./app/verbatim ./app/viewmodel ./assets ./search ./storage

.PHONY: run build cli install-run install-cli install-test test lint test-plain test-race test-stories test-window test-window-busy test-kill test-faults test-pages \
	cover bench bench-reader bench-anchors bench-import bench-search bench-board screenshots fuzz clean

run:
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" != Linux ]; then \
		$(MAKE) --no-print-directory build && exec ./rejoinder; \
	else \
		$(MAKE) --no-print-directory cli && exec .ci/without-display ./build/rejoinder-cli; \
	fi

build: install-run
	$(GO) build -tags $(TAGS) -ldflags "$(LDFLAGS)" -o rejoinder .

cli: install-cli
	$(GO) build -tags nogui -ldflags "$(LDFLAGS)" -o build/rejoinder-cli .

install-run install-cli install-test:
	@.ci/install $(@:install-%=%)

# Two steps at a time: the window waits more than it works.
test: install-test $(LINT)
	@$(MAKE) --no-print-directory --output-sync=target -j 2 test-window lint test-race test-plain test-stories

# golangci-lint runs go vet's analyzers too.
lint: $(LINT)
	@test -z "$$(gofmt -l .)" || { echo "not formatted:"; gofmt -l .; exit 1; }
	$(GO) vet -tags nogui . ./app/cli
	$(LINT) run --build-tags $(TAGS),e2e ./...

$(LINT):
	GOBIN=$(CURDIR)/build/tools $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
	mv build/tools/golangci-lint $@

# Everything but the program itself, in full.
test-plain:
	$(GO) test -timeout 60m -tags $(TAGS) $(PLAIN) ./app/gui ./app/gui/widgets

# Once more with the race detector, which makes it five times as slow: fewer rounds of
# what is tried at random.
test-race:
	$(GO) test -race -short -timeout 60m $(PLAIN)

# The stories of the command line, kills, and who may import what. What they run is
# other processes, of which the race detector sees nothing.
test-stories:
	$(GO) test -timeout 60m -tags nogui .

# The real window, driven with xdotool under Xvfb.
test-window:
	$(GO) test -count 1 -timeout 60m -tags $(TAGS),e2e -run TestWindow .

# The same, BUSY times, on a machine that has something else to do: four busy loops.
BUSY ?= 10
test-window-busy: install-test
	.ci/busy $(GO) test -count $(BUSY) -failfast -timeout 600m -tags $(TAGS),e2e -run TestWindow .

# 200 kills at random moments; make test does 20.
test-kill:
	REJOINDER_KILLS=200 $(GO) test -count 1 -timeout 60m -tags nogui -v -run TestKill .

# 200 faults of the search index's files, and kills; make test does 25.
test-faults:
	REJOINDER_FAULTS=200 $(GO) test -count 1 -timeout 30m -v -run TestFaults ./search

cover:
	$(GO) test -tags nogui -coverprofile build/cover.out -coverpkg ./app,./storage,./search,./app/viewmodel $(PLAIN) .
	@.ci/coverage build/cover.out

bench: install-test
	$(GO) test -count 1 -timeout 60m -tags $(TAGS),e2e,bench -v -run 'TestBench$$' .

# A long article in the real window: first text, frames, memory; and anchors.
bench-reader: install-test bench-anchors
	$(GO) test -count 1 -timeout 60m -tags $(TAGS),e2e,bench -v -run TestBenchReader .

# Every block of real pages, and of 3,000 pages made of all elements at random, in a
# second reading of the page that shares no code with the importer.
test-pages:
	REJOINDER_PAGES='$(abspath $(PAGES))' REJOINDER_MADE_PAGES=3000 $(GO) test -count 1 -timeout 20m -v \
		-run 'TestRealPages|TestNoElement|TestTags|TestAnArticleKeeps' ./app/importer

# How well the article in a page is found, and the CPU time beside plain go-trafilatura.
bench-import:
	IMPORTBENCH='$(abspath $(PAGES)/..)' $(GO) test -count 1 -timeout 20m -tags bench -v -run TestBenchImport ./app/importer

# What becomes of marks when their article changes, beside Hypothesis; when a fact
# changes in them, and when only their typography does.
bench-anchors:
	$(GO) test -count 1 -timeout 30m -tags bench -v -run 'TestBenchAnchors|TestBenchChanged|TestBenchABook' ./app
	$(GO) test -count 1 -tags bench -v -run TestBenchAnnotations ./storage

# The screens side by side on 2,000 actors, 10,000 claims, 50,000 statements and
# 20,000 relations: what is worked out, and the real window under Xvfb.
BENCH_BOARD ?= build/bench/board
bench-board: install-test
	REJOINDER_BENCH_NOTEBOOK='$(abspath $(BENCH_BOARD))' $(GO) test -count 1 -timeout 60m -tags bench -v -run TestBenchBoard ./app
	REJOINDER_BENCH_NOTEBOOK='$(abspath $(BENCH_BOARD))' $(GO) test -count 1 -timeout 60m -tags $(TAGS),e2e,bench -v -run TestBenchSides -exec $(CURDIR)/.ci/with-display ./app/gui

# How good, how fast and how large the search is, beside FTS5, and with BLEVE=1 and
# LUCENE=1 (apt-get install liblucene8-java default-jdk) beside those. Notebooks
# stay in BENCH_CACHE for the next run. The judged collection is SciFact's format.
SCIFACT     ?= ../shared/data/scifact
PAGES       ?= ../shared/data/article-extraction/html
SIZES       ?= 100000
QUERIES     ?= 100
BENCH_CACHE ?= build/bench
BENCH_RUN   ?= TestGrading|TestBenchQuality|TestBenchIndexing|TestBenchSpeed
bench-search:
	SEARCHBENCH_JUDGED='$(abspath $(SCIFACT))' SEARCHBENCH_PAGES='$(abspath $(PAGES))' SEARCHBENCH_SIZES='$(SIZES)' \
	SEARCHBENCH_CACHE='$(abspath $(BENCH_CACHE))' SEARCHBENCH_BLEVE='$(BLEVE)' SEARCHBENCH_LUCENE='$(LUCENE)' SEARCHBENCH_QUERIES='$(QUERIES)' \
	SEARCHBENCH_COMMIT="$$(git describe --always --dirty)" \
	$(GO) test -count 1 -timeout 300m -tags bench,sqlite_fts5 -v -run '$(BENCH_RUN)' ./search/searchbench

screenshots: install-test
	REJOINDER_SCREENSHOTS=$(CURDIR)/docs/pictures $(GO) test -count 1 -tags $(TAGS),e2e -v -run TestScreenshots .

fuzz:
	$(GO) test -run '^$$' -fuzz FuzzReanchor -fuzztime 20s ./app
	$(GO) test -run '^$$' -fuzz FuzzCompareWords -fuzztime 20s ./app
	$(GO) test -run '^$$' -fuzz FuzzSnippet -fuzztime 20s ./app
	$(GO) test -run '^$$' -fuzz FuzzParse -fuzztime 20s ./app/query
	$(GO) test -run '^$$' -fuzz FuzzWords -fuzztime 20s ./search
	$(GO) test -run '^$$' -fuzz FuzzLayout -fuzztime 20s ./app/gui/textlayout
	$(GO) test -run '^$$' -fuzz FuzzDocument -fuzztime 20s ./app/gui/textlayout
	$(GO) test -run '^$$' -fuzz FuzzFind -fuzztime 20s ./app
	$(GO) test -run '^$$' -fuzz FuzzReports -fuzztime 20s ./app/exporter
	$(GO) test -run '^$$' -fuzz 'FuzzRead$$' -fuzztime 20s -fuzzminimizetime 1x ./app/verbatim
	$(GO) test -run '^$$' -fuzz FuzzReadHTML -fuzztime 20s -fuzzminimizetime 1x ./app/importer
	$(GO) test -run '^$$' -fuzz FuzzReadMarkdown -fuzztime 20s -fuzzminimizetime 1x ./app/importer

clean:
	rm -rf build rejoinder
