#include "ui/commands/SnippetWindow.h"

#include "base/DisplayText.h"
#include "profiles/Profile.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QCheckBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

using commands::Snippet;

// In characters and lines of the user's font.
constexpr int usualWidth = 140;
constexpr int leastListWidth = 36; // the name of a snippet
constexpr int usualHeight = 32;
constexpr int commandLines = 4;

QLineEdit *createLine(const char *name, const QString &accessibleName)
{
    auto *line = new QLineEdit;
    line->setObjectName(QString::fromLatin1(name));
    line->setAccessibleName(accessibleName);
    return line;
}

QStringList tagsOf(const QString &text)
{
    QStringList tags;
    for (const QString &tag : text.split(u',')) {
        tags.append(tag);
    }
    return profiles::normalizedTags(tags);
}

bool matches(const Snippet &snippet, const QString &text)
{
    const QStringList searched{snippet.name, snippet.description, snippet.command,
                               snippet.tags.join(u'\n')};
    return searched.join(u'\n').contains(text, Qt::CaseInsensitive);
}

} // namespace

SnippetWindow::SnippetWindow(storage::Database &database, Run run, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_store(database)
    , m_run(std::move(run))
    , m_host(new SheetHost(this))
{
    setObjectName(QStringLiteral("snippetWindow"));
    new CloseKeys(*this);
    setWindowTitle(tr("Snippets"));
    setAccessibleName(tr("Snippets"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_host);
    m_host->setContent(createContent());
    resize(fontMetrics().averageCharWidth() * usualWidth,
           fontMetrics().lineSpacing() * usualHeight);
    m_filter->setFocus();
    showChosen();
    reload(0);
}

QToolButton *SnippetWindow::createButton(const char *name, const char *icon, const QString &text)
{
    auto *button = new QToolButton;
    button->setObjectName(QString::fromLatin1(name));
    button->setIcon(Icons::icon(QString::fromLatin1(icon)));
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    return button;
}

QWidget *SnippetWindow::createContent()
{
    auto *content = new QWidget;
    m_banner = new ErrorBanner;
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins({});
    column->addWidget(createFields());
    column->addStretch();
    column->addWidget(createRunButtons());
    auto *splitter = new QSplitter(Qt::Horizontal);
    QWidget *list = createList();
    list->setMinimumWidth(fontMetrics().averageCharWidth() * leastListWidth);
    splitter->addWidget(list);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(content);
    layout->addWidget(m_banner);
    layout->addWidget(splitter, 1);
    return content;
}

QWidget *SnippetWindow::createList()
{
    auto *side = new QWidget;
    m_filter = createLine("snippetFilter", tr("Filter snippets"));
    m_filter->setPlaceholderText(tr("Filter: name, tag, command"));
    m_filter->setClearButtonEnabled(true);
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("snippetList"));
    m_list->setAccessibleName(tr("Snippets"));
    auto *add = createButton("snippetNew", "add", tr("New"));
    m_remove = createButton("snippetRemove", "delete", tr("Delete"));
    connect(m_filter, &QLineEdit::textChanged, this, &SnippetWindow::fillList);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item != nullptr) {
            m_chosen = item->data(Qt::UserRole).toLongLong();
            showChosen();
        }
    });
    connect(add, &QToolButton::clicked, this, &SnippetWindow::addNew);
    connect(m_remove, &QToolButton::clicked, this, &SnippetWindow::askToRemove);
    auto *row = new QHBoxLayout;
    row->addWidget(add);
    row->addWidget(m_remove);
    row->addStretch();
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins({});
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addLayout(row);
    return side;
}

QWidget *SnippetWindow::createFields()
{
    auto *fields = new QWidget;
    m_name = createLine("snippetName", tr("Name"));
    m_tags = createLine("snippetTags", tr("Tags"));
    m_tags->setPlaceholderText(tr("Words with commas between them"));
    m_description = createLine("snippetDescription", tr("Description"));
    m_command = new QPlainTextEdit;
    m_command->setObjectName(QStringLiteral("snippetCommand"));
    m_command->setAccessibleName(tr("Command"));
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setTabChangesFocus(true);
    m_command->setPlaceholderText(
        tr("A command; {{name}} and {{name:usual value}} are asked for before it is run"));
    m_command->setFixedHeight(m_command->fontMetrics().lineSpacing() * commandLines
                              + 2 * m_command->frameWidth() + 10);
    m_asks = new QCheckBox(tr("Ask before it is run"));
    m_asks->setObjectName(QStringLiteral("snippetAsks"));
    m_save = createButton("snippetSave", "check", tr("Save"));
    m_parameters = new QWidget;
    m_parameterForm = new QFormLayout(m_parameters);
    m_parameterForm->setContentsMargins({});
    m_preview = new PlainLabel({}, PlainLabel::Role::Code);
    m_preview->setObjectName(QStringLiteral("snippetPreview"));
    m_preview->setWordWrap(true);
    auto *form = new QFormLayout(fields);
    form->setContentsMargins({});
    form->addRow(tr("Name:"), m_name);
    form->addRow(tr("Tags:"), m_tags);
    form->addRow(tr("Description:"), m_description);
    form->addRow(tr("Command:"), m_command);
    form->addRow(QString(), m_asks);
    form->addRow(QString(), m_save);
    form->addRow(tr("Values:"), m_parameters);
    form->addRow(tr("Will run:"), m_preview);
    for (QLineEdit *line : {m_name, m_tags, m_description}) {
        connect(line, &QLineEdit::textChanged, this, &SnippetWindow::updateState);
    }
    connect(m_asks, &QCheckBox::toggled, this, &SnippetWindow::updateState);
    connect(m_command, &QPlainTextEdit::textChanged, this, &SnippetWindow::showParameters);
    connect(m_save, &QToolButton::clicked, this, &SnippetWindow::save);
    return fields;
}

QWidget *SnippetWindow::createRunButtons()
{
    auto *buttons = new QWidget;
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins({});
    row->addStretch();
    const auto add = [&](const char *name, const QString &text, Place place) {
        auto *button = new QPushButton(text);
        button->setObjectName(QString::fromLatin1(name));
        connect(button, &QPushButton::clicked, this, [this, place] { requestRun(place); });
        row->addWidget(button);
        m_runButtons.append(button);
    };
    add("snippetRun", tr("Run on this server"), Place::Panel);
    add("snippetRunTerminal", tr("Run in its terminal"), Place::Terminal);
    add("snippetRunMany", tr("Run on many servers…"), Place::ManyServers);
    return buttons;
}

void SnippetWindow::reload(qint64 chosen)
{
    m_store.all().then(this, [this, chosen](const base::Result<QList<Snippet>> &snippets) {
        if (!snippets) {
            fail(tr("Could not read the snippets"), snippets.error());
            return;
        }
        m_snippets = *snippets;
        m_chosen = chosen != 0 || m_snippets.isEmpty() ? chosen : m_snippets.first().id;
        fillList();
        showChosen();
    });
}

void SnippetWindow::fillList()
{
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    const QString text = m_filter->text().trimmed();
    for (const Snippet &snippet : std::as_const(m_snippets)) {
        if (!matches(snippet, text)) {
            continue;
        }
        auto *item = new QListWidgetItem(base::displayText(snippet.name), m_list);
        item->setData(Qt::UserRole, snippet.id);
        if (snippet.id == m_chosen) {
            m_list->setCurrentItem(item);
        }
    }
}

const Snippet *SnippetWindow::chosen() const
{
    const auto found = std::ranges::find(m_snippets, m_chosen, &Snippet::id);
    return found == m_snippets.end() ? nullptr : &*found;
}

void SnippetWindow::showChosen()
{
    const Snippet snippet = chosen() == nullptr ? Snippet() : *chosen();
    m_name->setText(snippet.name);
    m_tags->setText(snippet.tags.join(QStringLiteral(", ")));
    m_description->setText(snippet.description);
    m_asks->setChecked(snippet.asksFirst);
    m_command->setPlainText(snippet.command);
    showParameters();
}

Snippet SnippetWindow::edited() const
{
    return {.id = m_chosen,
            .name = m_name->text().trimmed(),
            .command = m_command->toPlainText(),
            .description = m_description->text().trimmed(),
            .tags = tagsOf(m_tags->text()),
            .asksFirst = m_asks->isChecked()};
}

// A field for each; what was typed stays while the command is changed.
void SnippetWindow::showParameters()
{
    const QList<commands::SnippetParameter> wanted = edited().parameters();
    if (wanted != m_shownParameters) {
        QHash<QString, QString> typed;
        for (qsizetype index = 0; index < m_values.size(); ++index) {
            typed.insert(m_shownParameters.at(index).name, m_values.at(index)->text());
        }
        while (m_parameterForm->rowCount() > 0) {
            m_parameterForm->removeRow(0);
        }
        m_values.clear();
        for (const commands::SnippetParameter &parameter : wanted) {
            auto *line = createLine("snippetValue", base::displayText(parameter.name));
            line->setText(typed.value(parameter.name, parameter.usual));
            connect(line, &QLineEdit::textChanged, this, &SnippetWindow::updatePreview);
            m_parameterForm->addRow(base::displayText(parameter.name) + u':', line);
            m_values.append(line);
        }
        m_shownParameters = wanted;
    }
    updatePreview();
}

QString SnippetWindow::filled() const
{
    QHash<QString, QString> values;
    for (qsizetype index = 0; index < m_values.size(); ++index) {
        values.insert(m_shownParameters.at(index).name, m_values.at(index)->text());
    }
    return edited().filled(values);
}

void SnippetWindow::updatePreview()
{
    m_preview->setText(base::displayText(filled(), base::LineBreaks::Keep));
    updateState();
}

void SnippetWindow::updateState()
{
    const Snippet now = edited();
    const bool isComplete = !now.name.isEmpty() && !now.command.trimmed().isEmpty();
    m_save->setEnabled(isComplete && (chosen() == nullptr || *chosen() != now));
    m_remove->setEnabled(chosen() != nullptr);
    const bool hasValues = std::ranges::all_of(
        m_values, [](const QLineEdit *line) { return !line->text().isEmpty(); });
    for (QPushButton *button : std::as_const(m_runButtons)) {
        button->setEnabled(!now.command.trimmed().isEmpty() && hasValues);
        button->setToolTip(hasValues ? QString() : tr("Fill in the values first"));
    }
}

void SnippetWindow::addNew()
{
    m_chosen = 0;
    m_list->setCurrentItem(nullptr);
    showChosen();
    m_name->setFocus();
}

void SnippetWindow::save()
{
    m_banner->dismiss();
    m_store.save(edited()).then(this, [this](const base::Result<qint64> &id) {
        if (id) {
            reload(*id);
        } else if (id.error().kind == base::ErrorKind::AlreadyExists) {
            m_banner->showError(
                {.what = tr("The snippet was not saved"), .why = tr("Another one has this name.")});
        } else {
            fail(tr("The snippet was not saved"), id.error());
        }
    });
}

void SnippetWindow::askToRemove()
{
    const Snippet *snippet = chosen();
    if (snippet == nullptr || m_host->currentSheet() != nullptr) {
        return;
    }
    auto *sheet = new ConfirmSheet(tr("Delete “%1”?").arg(base::displayText(snippet->name)),
                                   tr("It cannot be brought back."), tr("Delete"), m_host);
    connect(sheet, &ConfirmSheet::confirmed, this, [this, id = snippet->id] {
        m_store.remove(id).then(this, [this](const base::Result<void> &removed) {
            if (removed) {
                reload(0);
            } else {
                fail(tr("The snippet was not deleted"), removed.error());
            }
        });
    });
    m_host->present(sheet);
    sheet->setFocus();
}

// Many servers are asked about in their own window.
void SnippetWindow::requestRun(Place place)
{
    if (!m_asks->isChecked() || place == Place::ManyServers) {
        run(place);
        return;
    }
    if (m_host->currentSheet() != nullptr) {
        return;
    }
    auto *sheet
        = new ConfirmSheet(tr("Run “%1”?").arg(base::displayText(m_name->text())),
                           base::displayText(filled(), base::LineBreaks::Keep), tr("Run"), m_host);
    connect(sheet, &ConfirmSheet::confirmed, this, [this, place] { run(place); });
    m_host->present(sheet);
    sheet->setFocus();
}

void SnippetWindow::run(Place place)
{
    m_banner->dismiss();
    if (!m_run(place, filled())) {
        m_banner->showError({.what = tr("Nothing was run"),
                             .why = tr("No tab with an open connection is in front.")});
    }
}

void SnippetWindow::fail(const QString &what, const base::Error &error)
{
    ErrorText text = errorText(error);
    text.what = what;
    m_banner->showError(text);
}

} // namespace ui
