#include "ui/commands/RunOutput.h"

#include "base/DisplayText.h"
#include "ui/theme/Theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>
#include <chrono>
#include <utility>

namespace ui {
namespace {

constexpr std::chrono::milliseconds pause(50); // between two looks, so that a flood is no burden

// Marks text of standard error, for a later change of the palette.
constexpr int streamProperty = QTextFormat::UserProperty + 1;

// How many bytes at the end begin something that the next piece may complete: a character of UTF-8
// or a line break of two bytes.
qsizetype unfinished(QByteArrayView bytes)
{
    if (bytes.endsWith('\r')) {
        return 1;
    }
    for (qsizetype back = 1; back <= std::min<qsizetype>(3, bytes.size()); ++back) {
        const auto byte = static_cast<uchar>(bytes[bytes.size() - back]);
        if ((byte & 0xC0) == 0xC0) {
            const qsizetype length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
            return length > back ? back : 0;
        }
        if (byte < 0x80) {
            return 0;
        }
    }
    return 0;
}

} // namespace

RunOutput::RunOutput(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("runOutput"));
    setAccessibleName(tr("Output"));
    setReadOnly(true);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    setMaximumBlockCount(mostLines);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_timer.setSingleShot(true);
    m_timer.setInterval(pause);
    connect(&m_timer, &QTimer::timeout, this, [this] { showPending(false); });
}

void RunOutput::begin()
{
    clear();
    m_timer.stop();
    m_pending.clear();
    m_pendingBytes = 0;
    m_lineLength = 0;
    m_rest[0].clear();
    m_rest[1].clear();
    m_hasSkipped = false;
}

void RunOutput::append(const QByteArray &bytes, ssh::OutputStream stream)
{
    m_pending.push_back({bytes, stream});
    m_pendingBytes += bytes.size();
    while (m_pendingBytes > mostPending && m_pending.size() > 1) {
        m_pendingBytes -= m_pending.front().data.size();
        m_pending.pop_front();
        tellSkipped();
    }
    if (!m_timer.isActive()) {
        m_timer.start();
    }
}

void RunOutput::finish()
{
    m_timer.stop();
    showPending(true);
}

void RunOutput::showPending(bool isEnd)
{
    QScrollBar *bar = verticalScrollBar();
    const bool follows = bar->value() == bar->maximum();
    setUpdatesEnabled(false);
    for (Piece &piece : std::exchange(m_pending, {})) {
        QByteArray &rest = m_rest[piece.stream == ssh::OutputStream::Error ? 1 : 0];
        const QByteArray bytes = std::exchange(rest, {}) + piece.data;
        rest = bytes.last(unfinished(bytes));
        insert(base::displayText(bytes.chopped(rest.size()), base::LineBreaks::Keep), piece.stream);
    }
    m_pendingBytes = 0;
    if (isEnd) {
        insert(base::displayText(std::exchange(m_rest[0], {})), ssh::OutputStream::Standard);
        insert(base::displayText(std::exchange(m_rest[1], {})), ssh::OutputStream::Error);
    }
    setUpdatesEnabled(true);
    if (follows) {
        bar->setValue(bar->maximum());
    }
    if (blockCount() >= mostLines) {
        tellSkipped();
    }
}

// A line without an end would be laid out anew with each piece.
void RunOutput::insert(const QString &text, ssh::OutputStream stream)
{
    if (text.isEmpty()) {
        return;
    }
    QString broken;
    broken.reserve(text.size());
    for (const QChar c : text) {
        m_lineLength = c == u'\n' ? 0 : m_lineLength + 1;
        if (m_lineLength > longestLine && !c.isLowSurrogate()) {
            broken += u'\n';
            m_lineLength = 1;
        }
        broken += c;
    }
    QTextCharFormat format;
    if (stream == ssh::OutputStream::Error) {
        format.setProperty(streamProperty, true);
        format.setForeground(Theme::color(Theme::Meaning::Danger, palette()));
    }
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(broken, format);
}

void RunOutput::tellSkipped()
{
    if (!std::exchange(m_hasSkipped, true)) {
        emit skipped();
    }
}

void RunOutput::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        followPalette();
    }
}

void RunOutput::followPalette()
{
    QTextCursor cursor(document());
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        // Collected first: a change of formats takes the fragments apart.
        QList<std::pair<int, int>> errors;
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            if (fragment.charFormat().boolProperty(streamProperty)) {
                errors.append({fragment.position(), fragment.length()});
            }
        }
        QTextCharFormat format;
        format.setForeground(Theme::color(Theme::Meaning::Danger, palette()));
        for (const auto &[position, length] : errors) {
            cursor.setPosition(position);
            cursor.setPosition(position + length, QTextCursor::KeepAnchor);
            cursor.mergeCharFormat(format);
        }
    }
}

} // namespace ui
