#include "ui/edit/EditorStatus.h"

#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QSignalBlocker>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace ui {
namespace {

struct EncodingChoice
{
    edit::Encoding encoding;
    bool hasMark;
};

constexpr EncodingChoice encodings[] = {
    {edit::Encoding::Utf8, false},
    {edit::Encoding::Utf8, true},
    {edit::Encoding::Utf16LittleEndian, true},
    {edit::Encoding::Utf16BigEndian, true},
    {edit::Encoding::Latin1, false},
};

constexpr edit::LineEnd lineEnds[]
    = {edit::LineEnd::Unix, edit::LineEnd::Windows, edit::LineEnd::Mac};

QString textOf(const EncodingChoice &choice)
{
    const QString name = edit::nameOf(choice.encoding);
    return choice.encoding == edit::Encoding::Utf8 && choice.hasMark
        ? EditorStatus::tr("%1 with BOM").arg(name)
        : name;
}

QString textOf(edit::LineEnd lineEnd)
{
    switch (lineEnd) {
    case edit::LineEnd::Windows:
        return EditorStatus::tr("Windows (CRLF)");
    case edit::LineEnd::Mac:
        return EditorStatus::tr("Old Mac (CR)");
    case edit::LineEnd::Unix:
        break;
    }
    return EditorStatus::tr("Unix (LF)");
}

} // namespace

EditorStatus::EditorStatus(QWidget *parent)
    : QWidget(parent)
    , m_state(new PlainLabel({}, PlainLabel::Role::Text, this))
    , m_place(new PlainLabel({}, PlainLabel::Role::Subtle, this))
    , m_encoding(new QComboBox(this))
    , m_lineEnd(new QComboBox(this))
{
    m_state->setObjectName(u"editorState"_s);
    m_state->setAccessibleName(tr("State of the file"));
    m_place->setObjectName(u"editorPlace"_s);
    m_place->setWordWrap(false);
    m_encoding->setObjectName(u"editorEncoding"_s);
    m_encoding->setAccessibleName(tr("Encoding"));
    m_encoding->setToolTip(tr("Encoding of the file"));
    m_lineEnd->setObjectName(u"editorLineEnd"_s);
    m_lineEnd->setAccessibleName(tr("Line ends"));
    m_lineEnd->setToolTip(tr("Line ends of the file"));
    for (const EncodingChoice &choice : encodings) {
        m_encoding->addItem(textOf(choice));
    }
    for (const edit::LineEnd lineEnd : lineEnds) {
        m_lineEnd->addItem(textOf(lineEnd));
    }
    auto *layout = new QHBoxLayout(this);
    const int space = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing, nullptr, this) / 2;
    layout->setContentsMargins(2 * space, space, 2 * space, space);
    layout->addWidget(m_state, 1);
    layout->addWidget(m_place);
    layout->addWidget(m_encoding);
    layout->addWidget(m_lineEnd);
    connect(m_encoding, &QComboBox::activated, this, &EditorStatus::choose);
    connect(m_lineEnd, &QComboBox::activated, this, &EditorStatus::choose);
}

void EditorStatus::setState(const QString &text)
{
    m_state->setText(text);
}

void EditorStatus::setPlace(int line, int column)
{
    m_place->setText(
        tr("Line %1, column %2").arg(QLocale().toString(line), QLocale().toString(column)));
}

// Mixed line ends are an item of their own, as long as they are not chosen away.
void EditorStatus::setFormat(const edit::TextFormat &format)
{
    m_format = format;
    for (int index = 0; index < m_encoding->count(); ++index) {
        const EncodingChoice &choice = encodings[index];
        if (choice.encoding == format.encoding && choice.hasMark == format.hasMark) {
            m_encoding->setCurrentIndex(index);
        }
    }
    const int pure = std::size(lineEnds);
    while (m_lineEnd->count() > pure) {
        m_lineEnd->removeItem(pure);
    }
    if (format.isMixed) {
        m_lineEnd->addItem(tr("Mixed, mostly %1").arg(edit::nameOf(format.lineEnd)));
        m_lineEnd->setCurrentIndex(pure);
    } else {
        m_lineEnd->setCurrentIndex(static_cast<int>(format.lineEnd));
    }
}

void EditorStatus::setEditable(bool isEditable)
{
    m_encoding->setEnabled(isEditable);
    m_lineEnd->setEnabled(isEditable);
}

void EditorStatus::choose()
{
    edit::TextFormat format = m_format;
    format.encoding = encodings[m_encoding->currentIndex()].encoding;
    format.hasMark = encodings[m_encoding->currentIndex()].hasMark;
    if (m_lineEnd->currentIndex() < static_cast<int>(std::size(lineEnds))) {
        format.lineEnd = lineEnds[m_lineEnd->currentIndex()];
        format.isMixed = false;
    }
    if (format != m_format) {
        setFormat(format);
        emit formatChosen(format);
    }
}

} // namespace ui
