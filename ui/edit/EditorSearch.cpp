#include "ui/edit/EditorSearch.h"

#include "ui/edit/TextEditor.h"
#include "ui/widgets/PlainLabel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {
namespace {

QLineEdit *createField(const QString &id, const QString &name)
{
    auto *field = new QLineEdit;
    field->setObjectName(id);
    field->setAccessibleName(name);
    field->setPlaceholderText(name);
    field->setClearButtonEnabled(true);
    return field;
}

QPushButton *createButton(const QString &id, const QString &text)
{
    auto *button = new QPushButton(text);
    button->setObjectName(id);
    button->setAutoDefault(false);
    return button;
}

} // namespace

EditorSearch::EditorSearch(TextEditor &editor, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_findRow(createFind())
    , m_replaceRow(createReplace())
    , m_lineRow(createLine())
{
    setObjectName(u"editorSearch"_s);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_findRow);
    layout->addWidget(m_replaceRow);
    layout->addWidget(m_lineRow);
    orderTabs();
    hide();
}

// What is typed comes first, then what is done with it; the way out is the last.
void EditorSearch::orderTabs()
{
    QWidget *last = m_find;
    for (const char *id :
         {"editorReplace", "editorFindNext", "editorFindPrevious", "editorReplaceOne",
          "editorReplaceAll", "editorMatchCase", "editorSearchClose"}) {
        auto *next = findChild<QWidget *>(QString::fromLatin1(id));
        setTabOrder(last, next);
        last = next;
    }
}

QWidget *EditorSearch::createFind()
{
    auto *row = new QWidget;
    m_find = createField(u"editorFind"_s, tr("Find"));
    m_case = new QCheckBox(tr("Match &case"));
    m_case->setObjectName(u"editorMatchCase"_s);
    m_result = new PlainLabel({}, PlainLabel::Role::Subtle);
    m_result->setObjectName(u"editorFindResult"_s);
    m_result->setWordWrap(false);
    auto *next = createButton(u"editorFindNext"_s, tr("&Next"));
    auto *previous = createButton(u"editorFindPrevious"_s, tr("&Previous"));
    auto *close = createButton(u"editorSearchClose"_s, tr("Close"));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(m_find, 1);
    layout->addWidget(next);
    layout->addWidget(previous);
    layout->addWidget(m_case);
    layout->addWidget(m_result);
    layout->addWidget(close);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { find(Direction::Forward); });
    connect(next, &QPushButton::clicked, this, [this] { find(Direction::Forward); });
    connect(previous, &QPushButton::clicked, this, [this] { find(Direction::Backward); });
    connect(close, &QPushButton::clicked, this, &EditorSearch::close);
    return row;
}

QWidget *EditorSearch::createReplace()
{
    auto *row = new QWidget;
    m_replace = createField(u"editorReplace"_s, tr("Replace with"));
    auto *one = createButton(u"editorReplaceOne"_s, tr("&Replace"));
    auto *all = createButton(u"editorReplaceAll"_s, tr("Replace &all"));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(m_replace, 1);
    layout->addWidget(one);
    layout->addWidget(all);
    connect(m_replace, &QLineEdit::returnPressed, this, &EditorSearch::replaceOne);
    connect(one, &QPushButton::clicked, this, &EditorSearch::replaceOne);
    connect(all, &QPushButton::clicked, this, &EditorSearch::replaceAll);
    return row;
}

QWidget *EditorSearch::createLine()
{
    auto *row = new QWidget;
    m_line = new QSpinBox;
    m_line->setObjectName(u"editorLine"_s);
    m_line->setAccessibleName(tr("Go to line"));
    m_line->setPrefix(tr("Line "));
    m_line->setMinimum(1);
    auto *go = createButton(u"editorGoToLine"_s, tr("&Go"));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(m_line);
    layout->addWidget(go);
    layout->addStretch();
    connect(go, &QPushButton::clicked, this, [this] {
        m_line->interpretText();
        m_editor.goToLine(m_line->value());
        close();
    });
    return row;
}

void EditorSearch::openFind()
{
    const QString selected = m_editor.textCursor().selectedText();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator)) {
        m_find->setText(selected);
    }
    m_result->clear();
    m_findRow->show();
    m_replaceRow->hide();
    m_lineRow->hide();
    show();
    m_find->setFocus();
    m_find->selectAll();
}

void EditorSearch::openReplace()
{
    openFind();
    m_replaceRow->setVisible(!m_editor.isReadOnly());
}

void EditorSearch::openLine()
{
    m_line->setMaximum(m_editor.blockCount());
    m_line->setValue(m_editor.textCursor().blockNumber() + 1);
    m_findRow->hide();
    m_replaceRow->hide();
    m_lineRow->show();
    show();
    m_line->setFocus();
    m_line->selectAll();
}

void EditorSearch::close()
{
    hide();
    m_editor.setFocus();
}

void EditorSearch::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) {
        close();
    } else if (isEnter && m_line->hasFocus()) {
        m_line->interpretText();
        m_editor.goToLine(m_line->value());
        close();
    } else {
        QWidget::keyPressEvent(event);
    }
}

// Once around.
void EditorSearch::find(Direction direction)
{
    QTextDocument::FindFlags flags;
    flags.setFlag(QTextDocument::FindBackward, direction == Direction::Backward);
    flags.setFlag(QTextDocument::FindCaseSensitively, m_case->isChecked());
    m_result->clear();
    if (m_find->text().isEmpty() || m_editor.find(m_find->text(), flags)) {
        return;
    }
    const QTextCursor before = m_editor.textCursor();
    m_editor.moveCursor(direction == Direction::Forward ? QTextCursor::Start : QTextCursor::End);
    if (m_editor.find(m_find->text(), flags)) {
        m_result->setText(tr("From the other end"));
    } else {
        m_editor.setTextCursor(before);
        m_result->setText(tr("Not found"));
    }
}

bool EditorSearch::isMatchSelected() const
{
    const auto sensitivity = m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive;
    return m_editor.textCursor().hasSelection()
        && m_editor.textCursor().selectedText().compare(m_find->text(), sensitivity) == 0;
}

void EditorSearch::replaceOne()
{
    if (isMatchSelected()) {
        m_editor.textCursor().insertText(m_replace->text());
    }
    find(Direction::Forward);
}

// One change for undo.
void EditorSearch::replaceAll()
{
    if (m_find->text().isEmpty()) {
        return;
    }
    QTextDocument::FindFlags flags;
    flags.setFlag(QTextDocument::FindCaseSensitively, m_case->isChecked());
    QTextCursor edit(m_editor.document());
    edit.beginEditBlock();
    int count = 0;
    for (QTextCursor found = m_editor.document()->find(m_find->text(), 0, flags); !found.isNull();
         found = m_editor.document()->find(m_find->text(), found, flags)) {
        found.insertText(m_replace->text());
        ++count;
    }
    edit.endEditBlock();
    m_result->setText(count == 0 ? tr("Not found")
                                 : tr("%1 replaced").arg(QLocale().toString(count)));
}

} // namespace ui
