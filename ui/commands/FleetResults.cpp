#include "ui/commands/FleetResults.h"

#include "base/DisplayText.h"
#include "ui/commands/FleetExport.h"
#include "ui/commands/FleetFilter.h"
#include "ui/commands/FleetGroups.h"
#include "ui/commands/FleetModel.h"
#include "ui/commands/RunOutput.h"
#include "ui/widgets/PlainLabel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using commands::FleetRun;
using commands::OutcomeFormat;

constexpr qint64 mostShown = qint64{256} * 1024; // bytes of an output

QString suffixOf(OutcomeFormat format)
{
    switch (format) {
    case OutcomeFormat::Text:
        return QStringLiteral("txt");
    case OutcomeFormat::Json:
        return QStringLiteral("jsonl");
    case OutcomeFormat::Csv:
        break;
    }
    return QStringLiteral("csv");
}

} // namespace

FleetResults::FleetResults(QWidget *parent)
    : QWidget(parent)
    , m_model(new FleetModel(this))
    , m_filter(new FleetFilter(*m_model, this))
{
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(createTable());
    splitter->addWidget(createDetails());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(createTop());
    layout->addWidget(splitter, 1);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &FleetResults::showCurrent);
    connect(m_groups, &FleetGroups::changed, this, &FleetResults::updateTitles);
    updateState();
    updateTitles();
    showCurrent();
}

FleetResults::~FleetResults() = default;

QToolButton *FleetResults::createButton(const char *name, const QString &text, const QString &hint)
{
    auto *button = new QToolButton;
    button->setObjectName(QString::fromLatin1(name));
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(hint);
    button->setAutoRaise(true);
    return button;
}

QWidget *FleetResults::createTop()
{
    auto *top = new QWidget;
    m_text = new QLineEdit;
    m_text->setObjectName(QStringLiteral("fleetFilter"));
    m_text->setAccessibleName(tr("Filter results"));
    m_text->setPlaceholderText(tr("Filter results"));
    m_text->setClearButtonEnabled(true);
    m_outcome = new QComboBox;
    m_outcome->setObjectName(QStringLiteral("fleetOutcome"));
    m_outcome->setAccessibleName(tr("Which results"));
    using Outcome = FleetModel::Outcome;
    m_outcome->addItem(tr("All"), static_cast<int>(Outcome::Any));
    m_outcome->addItem(tr("Failed"), static_cast<int>(Outcome::Failed));
    m_outcome->addItem(tr("Succeeded"), static_cast<int>(Outcome::Succeeded));
    m_outcome->addItem(tr("Not done"), static_cast<int>(Outcome::Unfinished));
    m_rerun = createButton("fleetRerun", tr("Run the failed again"),
                           tr("The same command, on those that did not succeed"));
    m_save = createButton("fleetSave", tr("Export"), tr("Save what has come of all servers"));
    auto *menu = new QMenu(m_save);
    menu->addAction(tr("As text…"), this, [this] { chooseFile(OutcomeFormat::Text); });
    menu->addAction(tr("As JSON lines…"), this, [this] { chooseFile(OutcomeFormat::Json); });
    menu->addAction(tr("As CSV…"), this, [this] { chooseFile(OutcomeFormat::Csv); });
    m_save->setMenu(menu);
    m_save->setPopupMode(QToolButton::InstantPopup);
    connect(m_text, &QLineEdit::textChanged, m_filter, &FleetFilter::setText);
    connect(m_outcome, &QComboBox::currentIndexChanged, this, [this] {
        m_filter->setOutcome(static_cast<Outcome>(m_outcome->currentData().toInt()));
    });
    connect(m_rerun, &QToolButton::clicked, this, &FleetResults::rerunRequested);
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins({});
    row->addWidget(m_text, 1);
    row->addWidget(m_outcome);
    row->addWidget(m_rerun);
    row->addWidget(m_save);
    return top;
}

QWidget *FleetResults::createTable()
{
    m_table = new QTreeView;
    m_table->setObjectName(QStringLiteral("fleetTable"));
    m_table->setAccessibleName(tr("Results"));
    m_table->setModel(m_filter);
    m_table->setRootIsDecorated(false);
    m_table->setItemsExpandable(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder); // in the order in which they were chosen
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    const int character = fontMetrics().averageCharWidth();
    QHeaderView &header = *m_table->header();
    header.resizeSection(FleetModel::Host, 28 * character);
    header.resizeSection(FleetModel::State, 22 * character);
    header.resizeSection(FleetModel::Status, 12 * character);
    header.resizeSection(FleetModel::Duration, 12 * character);
    auto *copy = new QAction(tr("Copy"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(copy);
    connect(copy, &QAction::triggered, this, &FleetResults::copyRows);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_shownRow = -1;
        showCurrent();
    });
    return m_table;
}

QWidget *FleetResults::createDetails()
{
    auto *single = new QWidget;
    m_output = new RunOutput;
    m_note = new PlainLabel({}, PlainLabel::Role::Subtle);
    m_note->setObjectName(QStringLiteral("fleetNote"));
    auto *layout = new QVBoxLayout(single);
    layout->setContentsMargins({});
    layout->addWidget(m_output, 1);
    layout->addWidget(m_note);
    m_groups = new FleetGroups;
    m_details = new QTabWidget;
    m_details->setObjectName(QStringLiteral("fleetDetails"));
    m_details->setDocumentMode(true);
    m_details->addTab(single, QString());
    m_details->addTab(m_groups, QString());
    return m_details;
}

void FleetResults::setRun(FleetRun *run)
{
    if (m_run) {
        m_run->disconnect(this);
    }
    m_run = run;
    m_shownRow = -1;
    m_model->setRun(run);
    m_groups->setRun(run);
    if (m_run) {
        connect(m_run, &FleetRun::hostChanged, this, &FleetResults::updateState);
        connect(m_run, &FleetRun::finished, this, &FleetResults::updateState);
        m_table->setCurrentIndex(m_filter->index(0, 0));
    }
    showCurrent();
    updateState();
}

void FleetResults::updateState()
{
    const bool isIdle = m_run && !m_run->isRunning() && !isSaving();
    const FleetRun::Counts counts = m_run ? m_run->counts() : FleetRun::Counts();
    m_rerun->setEnabled(isIdle && counts.failed > 0);
    m_save->setEnabled(isIdle && m_run->size() > 0);
}

void FleetResults::updateTitles()
{
    m_details->setTabText(0, tr("Output"));
    m_details->setTabText(
        1,
        m_groups->count() == 0
            ? tr("Equal outputs")
            : tr("Equal outputs (%1)").arg(QLocale().toString(m_groups->count())));
}

int FleetResults::currentRow() const
{
    const QModelIndex index = m_filter->mapToSource(m_table->currentIndex());
    return index.isValid() ? index.row() : -1;
}

// Once it is there: what a host has written is kept for its end.
void FleetResults::showCurrent()
{
    const int row = currentRow();
    const bool isOver = m_run && row >= 0 && m_run->host(row).state == FleetRun::State::Over;
    if (row == m_shownRow && isOver == m_isShownOver && row >= 0) {
        return;
    }
    m_shownRow = row;
    m_isShownOver = isOver;
    m_output->begin();
    m_note->setText(row < 0      ? tr("Choose servers, type a command and run it.")
                        : isOver ? QString()
                                 : tr("The output is shown when the command has ended there."));
    if (!isOver) {
        m_note->show();
        return;
    }
    const commands::HostOutcome &outcome = m_run->host(row).outcome;
    const auto show = [this](const commands::OutputStore &store, ssh::OutputStream stream) {
        const qint64 begin = std::max<qint64>(0, store.size() - mostShown);
        m_output->append(store.read(begin, mostShown).value_or(QByteArray()), stream);
        m_output->finish();
        return begin == 0;
    };
    bool isWhole = show(outcome.output, ssh::OutputStream::Standard);
    isWhole = show(outcome.errorOutput, ssh::OutputStream::Error) && isWhole;
    QStringList notes{m_model->sentence(row)};
    notes.append(outcome.output.size() + outcome.errorOutput.size() == 0 ? tr("No output.")
                     : isWhole                                           ? QString()
                               : tr("The last of it is shown; an export has all."));
    notes.removeAll(QString());
    m_note->setText(notes.join(u' '));
    m_note->setVisible(!notes.isEmpty());
}

void FleetResults::copyRows() const
{
    QStringList lines;
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    for (const QModelIndex &row : std::as_const(rows)) {
        QStringList fields;
        for (int column = 0; column < FleetModel::ColumnCount; ++column) {
            fields.append(row.siblingAtColumn(column).data().toString());
        }
        lines.append(fields.join(u'\t'));
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

void FleetResults::chooseFile(OutcomeFormat format)
{
    auto *dialog = new QFileDialog(this, tr("Save the results"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffixOf(format));
    dialog->selectFile(QStringLiteral("results.") + suffixOf(format));
    connect(m_run, &QObject::destroyed, dialog, &QFileDialog::reject);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, format](const QString &path) { save(format, path); });
    dialog->open();
}

void FleetResults::save(OutcomeFormat format, const QString &path)
{
    if (!m_run || m_run->isRunning() || isSaving()) {
        return; // another run began while the file was chosen
    }
    m_export = new FleetExport(
        *m_run, format,
        [this](commands::CommandBatch::Index host) {
            return m_model->sentence(static_cast<int>(host));
        },
        path, this);
    connect(m_export, &FleetExport::finished, this, [this, path](const base::Result<void> &result) {
        std::exchange(m_export, nullptr)->deleteLater();
        updateState();
        emit stateChanged();
        if (result) {
            emit saved(path);
        } else {
            emit failed(errorText(result.error()));
        }
    });
    updateState();
    emit stateChanged();
    m_export->start();
}

} // namespace ui
