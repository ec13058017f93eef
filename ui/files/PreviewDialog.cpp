#include "ui/files/PreviewDialog.h"

#include "base/DisplayText.h"
#include "ui/errors/ErrorText.h"

#include <QBuffer>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QImageReader>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr quint32 partBytes = 256 * 1024;
constexpr quint32 largestImage = 32 * 1024 * 1024;
constexpr quint32 hexBytes = 32 * 1024; // a part of what is no text: 2,048 lines
constexpr qsizetype hexColumns = 16;
constexpr qsizetype tailBytes = 64 * 1024; // that is shown of what is followed
constexpr auto followPause = 1s;
constexpr int mostLines = 200'000;

bool isImage(const QByteArray &suffix)
{
    return QImageReader::supportedImageFormats().contains(suffix.toLower());
}

// "00000010  48 65 6c 6c 6f …  |Hello…|", as `hexdump -C` prints it, of what begins at `begin` in
// its file.
QString hexDump(const QByteArray &data, quint64 begin)
{
    QString text;
    for (qsizetype at = 0; at < data.size(); at += hexColumns) {
        const QByteArray row = data.mid(at, hexColumns);
        QString letters;
        for (const char c : row) {
            letters += c >= 0x20 && c < 0x7f ? QChar::fromLatin1(c) : QChar(u'.');
        }
        text += QStringLiteral("%1  %2  |%3|\n")
                    .arg(begin + static_cast<quint64>(at), 8, 16, QChar(u'0'))
                    .arg(QString::fromLatin1(row.toHex(' ')), -(3 * int{hexColumns} - 1))
                    .arg(letters);
    }
    return text;
}

// How many bytes at the end begin a UTF-8 character that goes on behind them.
qsizetype unfinished(const QByteArray &data)
{
    for (qsizetype back = 1; back <= std::min<qsizetype>(3, data.size()); ++back) {
        const auto byte = static_cast<unsigned char>(data[data.size() - back]);
        if (byte >= 0xc0) {
            const qsizetype length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
            return length > back ? back : 0;
        }
        if (byte < 0x80) {
            return 0;
        }
    }
    return 0;
}

} // namespace

PreviewDialog::PreviewDialog(files::FileSystem &fileSystem, files::FilePath path,
                             const files::FileEntry &entry, QWidget *parent)
    : QDialog(parent)
    , m_fileSystem(fileSystem)
    , m_path(std::move(path))
    , m_size(entry.attributes.size.value_or(0))
    , m_pages(new QStackedWidget(this))
    , m_text(new QPlainTextEdit(this))
    , m_image(new QLabel(this))
    , m_imageArea(new QScrollArea(this))
    , m_range(new QLabel(this))
    , m_follow(new QCheckBox(tr("&Follow as it grows"), this))
    , m_more(new QPushButton(tr("Show &more"), this))
{
    setObjectName(QStringLiteral("previewDialog"));
    setWindowTitle(tr("Preview of %1").arg(base::displayText(m_path.name())));
    setAccessibleName(windowTitle());
    createContent();
    m_pause.setSingleShot(true);
    m_pause.setInterval(followPause);
    connect(&m_pause, &QTimer::timeout, this, &PreviewDialog::lookForMore);
    connect(m_follow, &QCheckBox::toggled, this, &PreviewDialog::setFollowing);
    connect(m_more, &QPushButton::clicked, this, &PreviewDialog::readMore);
    if (isImage(entry.suffix()) && m_size <= largestImage) {
        m_follow->hide();
        m_more->hide();
        read(0, largestImage, [this](const QByteArray &content) { showImage(content); });
    } else {
        readFirst();
    }
}

void PreviewDialog::createContent()
{
    m_text->setObjectName(QStringLiteral("previewText"));
    m_text->setAccessibleName(tr("Contents"));
    m_text->setReadOnly(true);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setMaximumBlockCount(mostLines);
    m_text->setUndoRedoEnabled(false);
    m_image->setObjectName(QStringLiteral("previewImage"));
    m_image->setAlignment(Qt::AlignCenter);
    m_imageArea->setWidget(m_image);
    m_imageArea->setWidgetResizable(true);
    m_range->setObjectName(QStringLiteral("previewRange"));
    m_range->setTextFormat(Qt::PlainText);
    m_range->setText(tr("Reading…"));
    m_follow->setObjectName(QStringLiteral("previewFollow"));
    m_more->setObjectName(QStringLiteral("previewMore"));
    m_more->setEnabled(false);
    m_pages->addWidget(m_text);
    m_pages->addWidget(m_imageArea);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_more, QDialogButtonBox::ActionRole);
    auto *row = new QHBoxLayout;
    row->addWidget(m_range, 1);
    row->addWidget(m_follow);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_pages, 1);
    layout->addLayout(row);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 32);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
}

void PreviewDialog::read(quint64 offset, quint32 length,
                         const std::function<void(const QByteArray &)> &take)
{
    const quint64 question = ++m_question;
    m_more->setEnabled(false);
    m_fileSystem.readPart(m_path, offset, length)
        .then(this, [this, question, take](const Part &part) {
            if (question != m_question) {
                return;
            }
            if (part) {
                take(*part);
                updateRange();
            } else {
                fail(part.error());
            }
        });
}

void PreviewDialog::readFirst()
{
    read(0, partBytes, [this](const QByteArray &content) {
        if (content.contains('\0')) {
            showBytes(content);
        } else {
            append(content);
            m_text->moveCursor(QTextCursor::Start);
        }
    });
}

void PreviewDialog::readMore()
{
    if (m_isBinary) {
        read(m_end, hexBytes, [this](const QByteArray &content) { appendBytes(content); });
    } else {
        read(m_end, partBytes, [this](const QByteArray &content) { append(content); });
    }
}

void PreviewDialog::append(const QByteArray &content)
{
    m_end += static_cast<quint64>(content.size());
    m_size = std::max(m_size, m_end);
    QByteArray whole = m_tail + content;
    const qsizetype rest = unfinished(whole);
    m_tail = whole.last(rest);
    whole.chop(rest);
    const bool isAtBottom
        = m_text->verticalScrollBar()->value() == m_text->verticalScrollBar()->maximum();
    QTextCursor end(m_text->document());
    end.movePosition(QTextCursor::End);
    end.insertText(base::displayText(QByteArrayView(whole), base::LineBreaks::Keep));
    if (m_follow->isChecked() && isAtBottom) {
        m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
    }
}

void PreviewDialog::showBytes(const QByteArray &content)
{
    m_isBinary = true;
    m_follow->setEnabled(false);
    m_more->show();
    m_end = 0;
    appendBytes(content.first(std::min<qsizetype>(hexBytes, content.size())));
    m_text->moveCursor(QTextCursor::Start);
}

// Each part but the last is of whole lines. The text forgets its first ones when it has too many.
void PreviewDialog::appendBytes(const QByteArray &content)
{
    const int place = m_text->verticalScrollBar()->value();
    QTextCursor end(m_text->document());
    end.movePosition(QTextCursor::End);
    end.insertText(hexDump(content, m_end));
    m_text->verticalScrollBar()->setValue(place);
    m_end += static_cast<quint64>(content.size());
    m_size = content.isEmpty() ? m_end : std::max(m_size, m_end);
    const auto lines = static_cast<quint64>(m_text->document()->blockCount() - 1);
    const quint64 all = (m_end + hexColumns - 1) / hexColumns;
    m_begin = all > lines ? (all - lines) * hexColumns : 0;
}

void PreviewDialog::showImage(const QByteArray &content)
{
    m_end = static_cast<quint64>(content.size());
    QByteArray copy = content;
    QBuffer buffer(&copy);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QImage image = reader.read();
    if (image.isNull()) {
        showBytes(content); // what its name says is not what it is
        return;
    }
    m_image->setPixmap(QPixmap::fromImage(image));
    m_image->setAccessibleName(
        tr("Image of %1 by %2")
            .arg(QLocale().toString(image.width()), QLocale().toString(image.height())));
    m_pages->setCurrentWidget(m_imageArea);
}

// From the end on: what has been there for long is not what one waits for.
void PreviewDialog::setFollowing(bool isOn)
{
    m_pause.stop();
    if (!isOn) {
        ++m_question;
        updateRange();
        return;
    }
    m_text->clear();
    m_tail.clear();
    m_begin = m_end = m_size > tailBytes ? m_size - tailBytes : 0;
    lookForMore();
}

void PreviewDialog::lookForMore()
{
    const quint64 question = ++m_question;
    m_fileSystem.status(m_path).then(
        this, [this, question](const base::Result<files::FileEntry> &entry) {
            if (question != m_question) {
                return;
            }
            if (!entry) {
                return fail(entry.error());
            }
            m_size = entry->attributes.size.value_or(0);
            if (m_size < m_end) { // emptied, or another one has taken its place
                m_text->appendPlainText(tr("(The file begins anew.)") + u'\n');
                m_begin = m_end = 0;
                m_tail.clear();
            }
            if (m_size == m_end) {
                updateRange();
                m_pause.start();
                return;
            }
            read(m_end, partBytes, [this](const QByteArray &content) {
                append(content);
                m_pause.start();
            });
        });
}

void PreviewDialog::updateRange()
{
    const QLocale locale;
    m_range->setText(m_size == 0 ? tr("The file is empty.")
                                 : tr("Bytes %1 to %2 of %3")
                                       .arg(locale.toString(std::min(m_begin + 1, m_end)),
                                            locale.toString(m_end), locale.toString(m_size)));
    m_more->setEnabled(!m_follow->isChecked() && m_end < m_size);
}

void PreviewDialog::fail(const base::Error &error)
{
    m_range->setText(errorText(error).why);
    if (m_follow->isChecked()) {
        m_pause.start(); // it may come back
    }
}

} // namespace ui
