package textlayout

import (
	"fmt"
	"image"
	"runtime"
	"strings"
	"testing"
)

// report is an article of about so many words.
func report(words int) ([]rune, []Paragraph) {
	var text []rune
	var paragraphs []Paragraph
	for i := 0; words > 0; i++ {
		part := fmt.Sprintf("Paragraph %d says that the quay wall has moved by more than four centimetres since January, that nobody "+
			"was told before May, and that the union, which had asked three times, “was given no answer at all”. ", i)
		part = strings.Repeat(part, 1+i%4)
		if i%10 == 9 {
			part += "قالت النقابة إن الرصيف آمن، وطالبت بنشر الأرقام كاملة. "
		}
		words -= len(strings.Fields(part))
		p := Paragraph{Start: len(text), Size: 17, LineHeight: 28, Before: 16}
		text = append(text, []rune(part)...)
		p.End = len(text)
		paragraphs = append(paragraphs, p)
		text = append(text, '\n', '\n')
	}
	return text, paragraphs
}

// firstScreen sets and draws what a window shows of a document.
func firstScreen(d *Document, at int) {
	y := d.Top(d.PieceOf(at))
	img := image.NewRGBA(image.Rect(0, 0, 700, 40))
	for i := d.PieceAt(y); i < d.Len() && d.Top(i) < y+900; i++ {
		l := d.Lines(i)
		for n := range l.Lines {
			l.DrawLine(img, n, 6, 6, 1, black)
		}
	}
}

func BenchmarkFirstScreen(b *testing.B) {
	text, paragraphs := report(100_000)
	for name, share := range map[string]float64{"start": 0, "middle": 0.5} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				f := bundled(b) // with cold fonts
				b.StartTimer()
				firstScreen(f.NewDocument(text, paragraphs, 640), int(share*float64(len(text))))
			}
		})
	}
}

func BenchmarkMeasureAll(b *testing.B) {
	f := bundled(b)
	text, paragraphs := report(100_000)
	b.ReportAllocs()
	for range b.N {
		measureAll(f.NewDocument(text, paragraphs, 640))
	}
}

func BenchmarkDrawLine(b *testing.B) {
	f := bundled(b)
	text, paragraphs := report(1000)
	d := f.NewDocument(text, paragraphs, 640)
	img := image.NewRGBA(image.Rect(0, 0, 700, 40))
	for i := range b.N {
		d.Lines(i%5).DrawLine(img, 0, 6, 6, 1, black)
	}
}

// BenchmarkMemory reports what a document keeps after its reader went through.
func BenchmarkMemory(b *testing.B) {
	f := bundled(b)
	text, paragraphs := report(100_000)
	heap := func() float64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / (1 << 20)
	}
	firstScreen(f.NewDocument(text, paragraphs, 640), 0)
	for range b.N {
		before := heap()
		d := f.NewDocument(text, paragraphs, 640)
		for i := range d.Len() {
			d.Lines(i)
		}
		b.ReportMetric(heap()-before, "MB/document")
		runtime.KeepAlive(d)
	}
	runtime.KeepAlive(text)
}
