#include "ui/edit/MergeWindow.h"

#include "base/LineDifference.h"
#include "edit/ThreeWayMerge.h"
#include "ui/edit/EditTexts.h"
#include "ui/edit/TextEditor.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/PlainLabel.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {
namespace {

// Numbers of the lines that the base does not have, or of all if `text` is the base itself.
QList<int> changedLines(const QString &base, const QString &text)
{
    const QStringList lines = base::linesOf(text);
    QList<bool> isCommon(lines.size(), false);
    for (const base::LineRun &run : base::commonRuns(base::linesOf(base), lines)) {
        std::fill_n(isCommon.begin() + run.second, run.length, true);
    }
    QList<int> changed;
    for (qsizetype line = 0; line < lines.size(); ++line) {
        if (!isCommon[line]) {
            changed.append(static_cast<int>(line));
        }
    }
    return changed;
}

} // namespace

MergeWindow *MergeWindow::create(const edit::EditOrigin &origin, const edit::EditConflict &conflict,
                                 const edit::DecodedText &format, QWidget *parent)
{
    const auto base = edit::decoded(conflict.base.value_or(QByteArray()));
    const auto mine = edit::decoded(conflict.mine);
    const auto theirs = edit::decoded(conflict.theirs.value_or(QByteArray()));
    if (!base || !mine || !theirs) {
        return nullptr;
    }
    return new MergeWindow(origin, base->text, mine->text, theirs->text, format, parent);
}

MergeWindow::MergeWindow(const edit::EditOrigin &origin, const QString &base, const QString &mine,
                         const QString &theirs, edit::DecodedText format, QWidget *parent)
    : QDialog(parent)
    , m_format(std::move(format))
{
    setObjectName(u"mergeWindow"_s);
    setWindowTitle(tr("Merge %1").arg(fileTitle(origin)));
    auto *columns = new QSplitter(Qt::Horizontal);
    columns->setChildrenCollapsible(false);
    columns->addWidget(createColumn(u"mergeMine"_s, tr("Yours"), mine, base));
    columns->addWidget(createColumn(u"mergeBase"_s, tr("When you opened it"), base, base));
    columns->addWidget(createColumn(u"mergeTheirs"_s, tr("There now"), theirs, base));
    const edit::Merge merge = edit::merged(base, mine, theirs);
    auto *both = new QSplitter(Qt::Vertical);
    both->setChildrenCollapsible(false);
    both->addWidget(columns);
    both->addWidget(
        createResult(merge.text(tr("yours"), tr("when you opened it"), tr("there now"))));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_save = buttons->addButton(tr("&Save the result"), QDialogButtonBox::ActionRole);
    m_save->setObjectName(u"mergeSave"_s);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(both, 1);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 40);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_save, &QPushButton::clicked, this, &MergeWindow::save);
    connect(m_result, &QPlainTextEdit::textChanged, this, &MergeWindow::update);
    update();
    m_result->setFocus();
    nextConflict();
}

QWidget *MergeWindow::createColumn(const QString &id, const QString &title, const QString &text,
                                   const QString &base)
{
    auto *column = new QWidget;
    auto *view = new TextEditor;
    view->setObjectName(id);
    view->setAccessibleName(title);
    view->setReadOnly(true);
    view->setContent(text);
    view->highlightLines(changedLines(base, text),
                         Theme::ground(Theme::Meaning::Warning, palette()));
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins({});
    layout->addWidget(new PlainLabel(title, PlainLabel::Role::Subtle));
    layout->addWidget(view, 1);
    return column;
}

QWidget *MergeWindow::createResult(const QString &text)
{
    auto *part = new QWidget;
    m_result = new TextEditor;
    m_result->setObjectName(u"mergeResult"_s);
    m_result->setAccessibleName(tr("Result"));
    m_result->setContent(text);
    m_left = new PlainLabel({}, PlainLabel::Role::Text);
    m_left->setObjectName(u"mergeLeft"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(m_left, 1);
    const auto add = [this, row](const QString &id, const QString &name, auto act) {
        auto *button = new QPushButton(name);
        button->setObjectName(id);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, act);
        row->addWidget(button);
        m_decisions.append(button);
    };
    add(u"mergeNext"_s, tr("&Next conflict"), [this] { nextConflict(); });
    add(u"mergeTakeMine"_s, tr("Take &yours"), [this] { take(Side::Mine); });
    add(u"mergeTakeTheirs"_s, tr("Take &theirs"), [this] { take(Side::Theirs); });
    add(u"mergeTakeBoth"_s, tr("Take &both"), [this] { take(Side::Both); });
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->addLayout(row);
    layout->addWidget(m_result, 1);
    return part;
}

// Once around.
void MergeWindow::nextConflict()
{
    const QString text = m_result->content();
    auto found = edit::nextConflict(text, m_result->textCursor().selectionEnd());
    if (found.end == 0) {
        found = edit::nextConflict(text, 0);
    }
    if (found.end > 0) {
        QTextCursor cursor(m_result->document());
        cursor.setPosition(static_cast<int>(found.begin));
        cursor.setPosition(static_cast<int>(found.end), QTextCursor::KeepAnchor);
        m_result->setTextCursor(cursor);
        m_result->centerCursor();
    }
}

// Of the conflict that is selected, else of the next one.
void MergeWindow::take(Side side)
{
    const QString text = m_result->content();
    auto found = edit::nextConflict(text, m_result->textCursor().selectionStart());
    if (found.end == 0) {
        found = edit::nextConflict(text, 0);
    }
    if (found.end == 0) {
        return;
    }
    QTextCursor cursor(m_result->document());
    cursor.setPosition(static_cast<int>(found.begin));
    cursor.setPosition(static_cast<int>(found.end), QTextCursor::KeepAnchor);
    cursor.insertText(side == Side::Mine         ? found.mine
                          : side == Side::Theirs ? found.theirs
                                                 : found.mine + found.theirs);
    m_result->setTextCursor(cursor);
    nextConflict();
}

void MergeWindow::update()
{
    int left = 0;
    const QString text = m_result->content();
    for (auto found = edit::nextConflict(text, 0); found.end > 0;
         found = edit::nextConflict(text, found.end)) {
        ++left;
    }
    m_left->setText(left == 0 ? tr("No conflict is left. Look at the result, then save it.")
                              : tr("Conflicts left: %1").arg(QLocale().toString(left)));
    m_save->setEnabled(left == 0);
    for (QPushButton *button : m_decisions) {
        button->setEnabled(left > 0);
    }
}

void MergeWindow::save()
{
    edit::DecodedText format = m_format;
    auto bytes = edit::encoded(m_result->content(), format);
    if (!bytes) { // what they typed needs more than the encoding of mine has
        format.format.encoding = edit::Encoding::Utf8;
        bytes = edit::encoded(m_result->content(), format);
    }
    if (bytes) {
        emit merged(*bytes);
        close();
    }
}

} // namespace ui
