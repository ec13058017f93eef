#include "ui/hostkeys/HostKeyWindow.h"

#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"
#include "hostkeys/KnownHostsJobs.h"
#include "ui/errors/ErrorText.h"
#include "ui/hostkeys/HostKeyFilter.h"
#include "ui/hostkeys/HostKeyModel.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/PlainLabel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using hostkeys::KnownHosts;
using Entries = QList<KnownHosts::Entry>;

// Of a window that was never resized, in characters and lines of the user's font.
constexpr int usualWidth = 170;
constexpr int usualHeight = 34;

bool isWritable(const KnownHosts::Entry &entry)
{
    return entry.role == KnownHosts::Role::Writable;
}

bool mayHash(const KnownHosts::Entry &entry)
{
    return isWritable(entry) && hostkeys::canBeHashed(entry.line);
}

QString numbersText(const QList<qsizetype> &lines)
{
    QStringList numbers;
    for (const qsizetype line : lines) {
        numbers.append(QLocale().toString(line));
    }
    return numbers.join(QStringLiteral(", "));
}

QToolButton *createButton(QAction *action)
{
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setAccessibleName(action->text());
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace

HostKeyWindow::HostKeyWindow(QList<KnownHosts::Source> sources, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_sources(std::move(sources))
    , m_model(new HostKeyModel(this))
    , m_filter(new HostKeyFilter(*m_model, this))
{
    setObjectName(QStringLiteral("hostKeyWindow"));
    new CloseKeys(*this);
    setWindowTitle(tr("Host keys"));
    setAccessibleName(tr("Host keys"));
    createActions();
    m_banner = new ErrorBanner(this);
    m_notice = new NoticeBar(Theme::Meaning::Subtle, this);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(createTop());
    layout->addWidget(m_banner);
    layout->addWidget(m_notice);
    layout->addWidget(createTable(), 1);
    layout->addWidget(createBottom());
    connect(m_filter, &QAbstractItemModel::modelReset, this, &HostKeyWindow::updateState);
    connect(m_filter, &QAbstractItemModel::layoutChanged, this, &HostKeyWindow::updateState);
    resize(fontMetrics().averageCharWidth() * usualWidth,
           fontMetrics().lineSpacing() * usualHeight);
    m_search->setFocus();
    reload();
}

void HostKeyWindow::createActions()
{
    m_copy = createAction("copy", tr("Copy fingerprint"), "hostKeyCopy", QKeySequence::Copy);
    m_hash = createAction("hidden", tr("Hash names"), "hostKeyHash");
    m_delete = createAction("delete", tr("Delete"), "hostKeyDelete", QKeySequence::Delete);
    m_import = createAction("download", tr("Import…"), "hostKeyImport");
    m_reload = createAction("refresh", tr("Reload"), "hostKeyReload", QKeySequence::Refresh);
    connect(m_copy, &QAction::triggered, this, &HostKeyWindow::copyFingerprints);
    connect(m_hash, &QAction::triggered, this, &HostKeyWindow::hashSelected);
    connect(m_delete, &QAction::triggered, this, &HostKeyWindow::deleteSelected);
    connect(m_import, &QAction::triggered, this, &HostKeyWindow::chooseImport);
    connect(m_reload, &QAction::triggered, this, &HostKeyWindow::reload);
}

QAction *HostKeyWindow::createAction(const char *icon, const QString &text, const char *name,
                                     const QKeySequence &shortcut)
{
    auto *action = new QAction(Icons::icon(QString::fromLatin1(icon)), text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(shortcut);
    return action;
}

QWidget *HostKeyWindow::createTop()
{
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("hostKeySearch"));
    m_search->setAccessibleName(tr("Show the lines about this host"));
    m_search->setPlaceholderText(tr("Show the lines about a host: name, name:port or address"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(Icons::icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setHost(text);
        updateState();
    });
    auto *top = new QWidget;
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins({});
    row->addWidget(m_search, 1);
    for (QAction *action : {m_import, m_reload}) {
        row->addWidget(createButton(action));
    }
    return top;
}

QWidget *HostKeyWindow::createTable()
{
    m_table = new QTreeView;
    m_table->setObjectName(QStringLiteral("hostKeyTable"));
    m_table->setAccessibleName(tr("Known host keys"));
    m_table->setModel(m_filter);
    m_table->setRootIsDecorated(false);
    m_table->setItemsExpandable(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(HostKeyModel::Where, Qt::AscendingOrder);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (QAction *action : {m_copy, m_hash, m_delete}) {
        action->setShortcutContext(Qt::WidgetShortcut); // the search field has its own copy
        m_table->addAction(action);
    }
    addAction(m_reload);
    setUpColumns(*m_table->header());
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &HostKeyWindow::updateState);
    return m_table;
}

// Room for what is compared by eye; the rest is in the tool tip.
void HostKeyWindow::setUpColumns(QHeaderView &columns) const
{
    const QFontMetrics code(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    const int character = fontMetrics().averageCharWidth();
    const int space = 3 * character;
    constexpr int sha256Characters = 43;
    columns.resizeSection(HostKeyModel::Names, 26 * character);
    columns.resizeSection(HostKeyModel::Type,
                          fontMetrics().horizontalAdvance(QStringLiteral("ED25519-SK 256"))
                              + space);
    columns.resizeSection(HostKeyModel::Sha256, sha256Characters * code.averageCharWidth() + space);
    columns.resizeSection(HostKeyModel::Md5, 14 * character);
    columns.resizeSection(HostKeyModel::Comment, 14 * character);
}

QWidget *HostKeyWindow::createBottom()
{
    m_count = new PlainLabel({}, PlainLabel::Role::Subtle);
    m_count->setObjectName(QStringLiteral("hostKeyCount"));
    auto *bottom = new QWidget;
    auto *row = new QHBoxLayout(bottom);
    row->setContentsMargins({});
    row->addWidget(m_count, 1);
    for (QAction *action : {m_copy, m_hash, m_delete}) {
        row->addWidget(createButton(action));
    }
    return bottom;
}

void HostKeyWindow::search(const QString &host)
{
    m_search->setText(host);
}

void HostKeyWindow::reload()
{
    setBusy(true);
    hostkeys::surveyInPool(m_sources).then(
        this, [this](const KnownHosts::Survey &survey) { present(survey); });
}

void HostKeyWindow::present(const KnownHosts::Survey &survey)
{
    m_model->setEntries(survey.hosts.allEntries());
    if (!survey.unreadable.isEmpty()) {
        const base::Error &error = survey.unreadable.first();
        ErrorText text = errorText(error);
        text.what = tr("Could not read %1").arg(base::displayText(error.subject));
        text.advice = tr("As long as it is so, no server is connected to.");
        m_banner->showError(text);
    } else {
        m_banner->dismiss();
    }
    setBusy(false);
}

void HostKeyWindow::setBusy(bool busy)
{
    m_isBusy = busy;
    updateState();
}

void HostKeyWindow::updateState()
{
    const Entries entries = selected();
    m_copy->setEnabled(std::ranges::any_of(
        entries, [](const KnownHosts::Entry &entry) { return entry.line.key().has_value(); }));
    m_delete->setEnabled(!m_isBusy && std::ranges::any_of(entries, isWritable));
    m_hash->setEnabled(!m_isBusy && std::ranges::any_of(entries, mayHash));
    m_import->setEnabled(
        !m_isBusy
        && std::ranges::contains(m_sources, KnownHosts::Role::Writable, &KnownHosts::Source::role));
    m_reload->setEnabled(!m_isBusy);

    const int count = m_filter->rowCount();
    const QString number = QLocale().toString(count);
    const QString name = base::displayText(m_filter->name());
    if (m_isBusy && m_model->rowCount() == 0) {
        m_count->setText(tr("Reading…"));
    } else if (m_model->rowCount() == 0) {
        m_count->setText(tr("No host key is known yet. Connect to a server, or import a file."));
    } else if (name.isEmpty()) {
        m_count->setText(tr("%1 lines").arg(number));
    } else if (count == 0) {
        m_count->setText(tr("No line speaks of %1.").arg(name));
    } else {
        m_count->setText(tr("%1 lines speak of %2.").arg(number, name));
    }
}

Entries HostKeyWindow::selected() const
{
    Entries entries;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows()) {
        entries.append(m_model->entry(m_filter->mapToSource(index).row()));
    }
    return entries;
}

void HostKeyWindow::copyFingerprints() const
{
    QStringList lines;
    for (const KnownHosts::Entry &entry : selected()) {
        if (entry.line.key()) {
            lines.append(hostkeys::Fingerprint(*entry.line.key()).sha256());
        }
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

void HostKeyWindow::deleteSelected()
{
    QList<hostkeys::FileChange> changes;
    for (const KnownHosts::Entry &entry : selected()) {
        if (const auto removal = hostkeys::removalOf(entry)) {
            changes.append(*removal);
        }
    }
    make(changes, tr("%1 lines were deleted.").arg(QLocale().toString(changes.size())));
}

void HostKeyWindow::hashSelected()
{
    QList<hostkeys::FileChange> changes;
    for (const KnownHosts::Entry &entry : selected()) {
        if (mayHash(entry)) {
            changes.append(hostkeys::hashingOf(entry).value());
        }
    }
    make(changes, tr("The names of %1 lines were hashed.").arg(QLocale().toString(changes.size())));
}

void HostKeyWindow::make(const QList<hostkeys::FileChange> &unordered, const QString &done)
{
    const QList<hostkeys::FileChange> changes = hostkeys::lastFirst(unordered);
    m_notice->dismiss();
    setBusy(true);
    hostkeys::applyInPool(changes).then(
        this, [this, changes, done](const base::Result<void> &applied) {
            reload();
            if (applied) {
                m_notice->showNotice(done, tr("Undo"),
                                     [this, changes] { undo(hostkeys::reversed(changes)); });
                return;
            }
            m_notice->showNotice(errorText(applied.error()).toSentence());
        });
}

void HostKeyWindow::undo(const QList<hostkeys::FileChange> &changes)
{
    setBusy(true);
    hostkeys::applyInPool(changes).then(this, [this](const base::Result<void> &applied) {
        reload();
        if (!applied) {
            m_notice->showNotice(tr("This can not be undone any more: the lines have changed."));
        }
    });
}

void HostKeyWindow::chooseImport()
{
    auto *dialog = new QFileDialog(this, tr("Import host keys"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &HostKeyWindow::importFrom);
    dialog->open();
}

void HostKeyWindow::importFrom(const QString &file)
{
    m_notice->dismiss();
    setBusy(true);
    hostkeys::importInPool(m_sources, file)
        .then(this, [this](const base::Result<hostkeys::KnownHostsImport> &import) {
            reload();
            if (import) {
                tellImport(*import);
            } else {
                m_notice->showNotice(errorText(import.error()).toSentence());
            }
        });
}

void HostKeyWindow::tellImport(const hostkeys::KnownHostsImport &import)
{
    QStringList parts{
        tr("%1 lines were added, %2 were known already.")
            .arg(QLocale().toString(import.added.size()), QLocale().toString(import.known))};
    if (!import.contradicting.isEmpty()) {
        parts.append(tr("Left out, because another key of the host is known: line %1.")
                         .arg(numbersText(import.contradicting)));
    }
    if (!import.unreadable.isEmpty()) {
        parts.append(tr("Left out, because the key can not be read: line %1.")
                         .arg(numbersText(import.unreadable)));
    }
    m_notice->showNotice(parts.join(u' '));
}

} // namespace ui
