#include "ui/archive/PastLogReader.h"

#include "base/DisplayText.h"
#include "ui/archive/PastLogModel.h"
#include "ui/errors/ErrorText.h"
#include "ui/widgets/BackgroundTask.h"
#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/PlainLabel.h"

#include <QFontDatabase>
#include <QLocale>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QVBoxLayout>

#include <limits>

namespace ui {
namespace {

using archive::LogExcerpt;

// In characters and lines of the user's font.
constexpr int usualWidth = 110;
constexpr int usualHeight = 34;

// More than any log has, and less than what overflows where it is added to.
constexpr qint64 endOfLog = std::numeric_limits<qint32>::max();

} // namespace

PastLogReader::PastLogReader(const archive::PastLog &log, qint64 line, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_banner(new ErrorBanner)
    , m_text(new QPlainTextEdit)
    , m_state(new PlainLabel(base::displayText(log.path), PlainLabel::Role::Subtle))
{
    setObjectName(QStringLiteral("pastLogReader"));
    new CloseKeys(*this);
    setWindowTitle(tr("%1 — log").arg(PastLogModel::heading(log)));
    m_text->setObjectName(QStringLiteral("pastLogText"));
    m_text->setAccessibleName(tr("Log"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_state->setObjectName(QStringLiteral("pastLogState"));
    setFocusProxy(m_text);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_banner);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_state);
    resize(fontMetrics().averageCharWidth() * usualWidth,
           fontMetrics().lineSpacing() * usualHeight);
    inBackground([path = log.path, line] {
        return LogExcerpt::read(path, line > 0 ? line : endOfLog);
    }).then(this, [this, line](const base::Result<LogExcerpt> &read) { showExcerpt(read, line); });
}

void PastLogReader::showExcerpt(const base::Result<LogExcerpt> &read, qint64 line)
{
    if (!read) {
        m_banner->showError(errorText(read.error()));
        return;
    }
    m_text->setPlainText(read->text);
    if (!read->isWhole) {
        const qint64 last = read->firstLine + m_text->blockCount() - 1;
        m_state->setText(tr("Lines %1 to %2 of %3")
                             .arg(QLocale().toString(read->firstLine), QLocale().toString(last),
                                  m_state->text()));
    }
    markLine(line > 0 ? static_cast<int>(line - read->firstLine) : m_text->blockCount() - 1);
}

void PastLogReader::markLine(int block)
{
    QTextCursor cursor(m_text->document()->findBlockByNumber(block));
    if (cursor.isNull()) {
        return; // the file is shorter now
    }
    m_text->setTextCursor(cursor);
    m_text->centerCursor();
    QTextEdit::ExtraSelection mark;
    mark.cursor = cursor;
    mark.format.setProperty(QTextFormat::FullWidthSelection, true);
    mark.format.setBackground(palette().color(QPalette::Highlight));
    mark.format.setForeground(palette().color(QPalette::HighlightedText));
    m_text->setExtraSelections({mark});
}

} // namespace ui
