#include "ui/synchronize/SyncWindow.h"

#include "ui/errors/SyncFailureText.h"
#include "ui/synchronize/KeeperPanel.h"
#include "ui/synchronize/SyncForm.h"
#include "ui/synchronize/SyncList.h"
#include "ui/synchronize/SyncModel.h"
#include "ui/synchronize/SyncText.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QCloseEvent>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

using base::Result;
using synchronize::Side;
using State = SyncWork::State;

// Of a window that was never resized, in characters and lines of the user's font.
constexpr int usualWidth = 175;
constexpr int usualHeight = 42;
constexpr int progressCharacters = 24;
constexpr int progressSteps = 1000;
constexpr qsizetype failuresTold = 200;

enum Page { EmptyPage, ListPage, KeeperPage };

} // namespace

SyncWindow::SyncWindow(SyncEnds ends, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_ends(std::move(ends))
    , m_host(new SheetHost(this))
    , m_model(new SyncModel(this))
    , m_work(new SyncWork(m_ends, this))
{
    setObjectName(QStringLiteral("syncWindow"));
    setWindowTitle(titleText(m_ends));
    setAccessibleName(windowTitle());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_host);
    m_host->setContent(createContent());
    connectForm();
    connectWork();
    resize(fontMetrics().averageCharWidth() * usualWidth,
           fontMetrics().lineSpacing() * usualHeight);
    updateState();
}

SyncWindow::~SyncWindow()
{
    m_work->disconnect(this);
}

QWidget *SyncWindow::createContent()
{
    auto *content = new QWidget;
    m_banner = new ErrorBanner;
    m_notice = new NoticeBar(Theme::Meaning::Ok);
    m_notice->setObjectName(QStringLiteral("syncNotice"));
    m_form = new SyncForm(m_ends);
    m_state = new PlainLabel({}, PlainLabel::Role::Text);
    m_state->setObjectName(QStringLiteral("syncState"));
    m_deletions = new PlainLabel({}, PlainLabel::Role::Danger);
    m_deletions->setObjectName(QStringLiteral("syncDeletions"));
    auto *layout = new QVBoxLayout(content);
    layout->addWidget(m_form);
    layout->addWidget(createButtons());
    layout->addWidget(m_banner); // below what is clicked, which stays in its place
    layout->addWidget(m_notice);
    layout->addWidget(createPages(), 1);
    layout->addWidget(m_state);
    layout->addWidget(m_deletions);
    return content;
}

QPushButton *SyncWindow::createButton(const char *name, const QString &text, const QString &hint)
{
    auto *button = new QPushButton(text);
    button->setObjectName(QString::fromLatin1(name));
    button->setToolTip(hint);
    return button;
}

QWidget *SyncWindow::createButtons()
{
    m_compare = createButton("syncCompare", tr("&Compare"), tr("Changes nothing"));
    m_start = createButton("syncStart", tr("&Synchronize"), tr("Do what the list says"));
    m_keep = createButton("syncKeep", tr("&Keep the target up to date"), {});
    m_stop = createButton("syncStop", tr("Stop"), {});
    m_progress = new QProgressBar;
    m_progress->setObjectName(QStringLiteral("syncProgress"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setMaximumWidth(fontMetrics().averageCharWidth() * progressCharacters);
    m_shown = new QComboBox;
    m_shown->setObjectName(QStringLiteral("syncShown"));
    m_shown->setAccessibleName(tr("Which rows"));
    using Shown = SyncModel::Shown;
    for (const auto &[shown, text] : {std::pair(Shown::Differences, tr("Differences")),
                                      std::pair(Shown::Everything, tr("Everything")),
                                      std::pair(Shown::Copies, tr("What is copied")),
                                      std::pair(Shown::Deletions, tr("What is deleted")),
                                      std::pair(Shown::Conflicts, tr("What is undecided")),
                                      std::pair(Shown::Unreadable, tr("What can not be read"))}) {
        m_shown->addItem(text, static_cast<int>(shown));
    }
    connect(m_compare, &QPushButton::clicked, this, &SyncWindow::compare);
    connect(m_start, &QPushButton::clicked, this, &SyncWindow::synchronize);
    connect(m_keep, &QPushButton::clicked, this, &SyncWindow::keepUpToDate);
    connect(m_stop, &QPushButton::clicked, this, &SyncWindow::stop);
    connect(m_shown, &QComboBox::currentIndexChanged, this, [this] {
        m_model->setShown(static_cast<Shown>(m_shown->currentData().toInt()));
        showPage();
    });
    auto *buttons = new QWidget;
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins({});
    for (QWidget *widget : {static_cast<QWidget *>(m_compare), static_cast<QWidget *>(m_start),
                            static_cast<QWidget *>(m_keep), static_cast<QWidget *>(m_stop),
                            static_cast<QWidget *>(m_progress)}) {
        row->addWidget(widget);
    }
    row->addStretch();
    row->addWidget(m_shown);
    return buttons;
}

QWidget *SyncWindow::createPages()
{
    m_empty = new PlainLabel({}, PlainLabel::Role::Subtle);
    m_empty->setObjectName(QStringLiteral("syncEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_list = new SyncList(*m_model);
    m_keeperPanel = new KeeperPanel;
    m_pages = new QStackedWidget;
    m_pages->insertWidget(EmptyPage, m_empty);
    m_pages->insertWidget(ListPage, m_list);
    m_pages->insertWidget(KeeperPage, m_keeperPanel);
    return m_pages;
}

void SyncWindow::connectForm()
{
    connect(m_form, &SyncForm::comparisonChanged, this, &SyncWindow::forgetPlan);
    connect(m_form, &SyncForm::rulesChanged, this, [this] {
        m_model->setRules(m_form->rules());
        updateState();
    });
    connect(m_form, &SyncForm::submitted, this, [this] {
        if (m_compare->isEnabled()) {
            compare();
        }
    });
    connect(m_model, &SyncModel::planChanged, this, &SyncWindow::updateState);
}

void SyncWindow::connectWork()
{
    connect(m_work, &SyncWork::stateChanged, this, &SyncWindow::updateState);
    connect(m_work, &SyncWork::compared, this, &SyncWindow::handleCompared);
    connect(m_work, &SyncWork::overlapping, this, &SyncWindow::showOverlap);
    connect(m_work, &SyncWork::ran, this, &SyncWindow::handleRan);
    connect(m_work, &SyncWork::comparing, this,
            [this](const synchronize::ComparisonProgress &progress) {
                m_state->setText(progressText(progress));
            });
    connect(m_work, &SyncWork::running, this, [this](const synchronize::RunProgress &progress) {
        m_banner->dismiss(); // the connection is back
        m_state->setText(progressText(progress));
        m_progress->setRange(0, progressSteps);
        m_progress->setValue(static_cast<int>(doneFraction(progress) * progressSteps));
    });
    connect(m_work, &SyncWork::interrupted, this, [this](const base::Error &reason) {
        showError(tr("It waits for the connection"), reason);
    });
    connect(m_work, &SyncWork::keeping, this, [this](synchronize::TreeKeeper *keeper) {
        m_keeperPanel->follow(*keeper, m_ends.name(otherSide(*watchedSide())));
        connect(keeper, &synchronize::TreeKeeper::updated, this, &SyncWindow::filesChanged);
    });
    connect(m_work, &SyncWork::keepingEnded, this,
            [this](const base::Error &reason) { m_banner->showError(watchFailureText(reason)); });
}

void SyncWindow::setDirectories(const files::FilePath &left, const files::FilePath &right)
{
    if (!isBusy()) {
        m_form->setDirectories(left, right);
        forgetPlan();
        m_compare->setFocus();
    }
}

void SyncWindow::setFiles(Side side, files::FileSystem *files,
                          const SyncWork::AttachQueue &attachQueue)
{
    m_work->setFiles(side, files, attachQueue);
}

bool SyncWindow::isBusy() const
{
    return m_work->state() != State::Idle;
}

void SyncWindow::forgetPlan()
{
    m_isCompared = false;
    m_model->setPlan({});
}

void SyncWindow::compare()
{
    m_banner->dismiss();
    m_notice->dismiss();
    forgetPlan();
    if (!hasFolders()) {
        return;
    }
    m_work->compare(m_form->left(), m_form->right(), m_form->comparison());
}

void SyncWindow::handleCompared(const Result<synchronize::TreeRows> &rows)
{
    if (!rows) {
        showError(tr("The folders could not be compared"), rows.error());
        return;
    }
    m_isCompared = true;
    m_model->setPlan(synchronize::SyncPlan(*rows, m_form->rules()));
    if (m_model->rowCount() > 0) {
        m_list->setCurrentIndex(m_model->index(0, 0));
        m_list->setFocus();
    }
}

void SyncWindow::ask(const QString &question, const QString &consequence, const QString &confirm,
                     void (SyncWindow::*act)(), std::optional<Theme::Meaning> meaning)
{
    if (m_host->currentSheet() != nullptr) {
        return;
    }
    auto *sheet = new ConfirmSheet(question, consequence, confirm, m_host, meaning);
    connect(sheet, &ConfirmSheet::confirmed, this, act);
    m_host->present(sheet);
    sheet->setFocus();
}

// Nothing is deleted that was not in the list, and not without a question.
void SyncWindow::synchronize()
{
    const QString consequences = consequencesText(m_model->plan(), m_ends);
    if (consequences.isEmpty()) {
        run();
        return;
    }
    if (deletionText(m_model->plan(), m_ends).isEmpty()) {
        ask(tr("Synchronize?"), consequences, tr("Synchronize"), &SyncWindow::run);
        return;
    }
    ask(tr("Synchronize, and delete for good?"), consequences, tr("Synchronize and delete"),
        &SyncWindow::run, Theme::Meaning::Danger);
}

void SyncWindow::run()
{
    m_banner->dismiss();
    m_notice->dismiss();
    m_work->run(m_model->plan(), {.copy = m_copyOptions, .bytesPerSecond = {}});
}

void SyncWindow::handleRan(const Result<synchronize::RunSummary> &summary)
{
    emit filesChanged();
    if (!summary) {
        forgetPlan();
        showError(tr("The folders are not synchronized"), summary.error());
        return;
    }
    if (!summary->failures.isEmpty() || summary->kept > 0) {
        showFailures(*summary);
    } else {
        m_notice->showNotice(summaryText(*summary) + u'.');
    }
    forgetPlan();
    m_work->compare(m_form->left(), m_form->right(), m_form->comparison());
}

void SyncWindow::showFailures(const synchronize::RunSummary &summary)
{
    QStringList lines;
    for (const auto &failure :
         summary.failures.first(std::min(summary.failures.size(), failuresTold))) {
        lines << syncFailureText(failure).toSentence();
    }
    if (summary.failures.size() > failuresTold) {
        lines << tr("And %1 more.").arg(QLocale().toString(summary.failures.size() - failuresTold));
    }
    m_banner->showError({.what = tr("Not everything was done"),
                         .why = summaryText(summary) + u'.',
                         .advice = summary.kept > 0
                             ? tr("Nothing was deleted, because not everything was copied.")
                             : QString(),
                         .details = lines.join(u'\n')});
}

void SyncWindow::keepUpToDate()
{
    const auto source = watchedSide();
    if (!source || !hasFolders()) {
        return;
    }
    const QString target = m_ends.name(otherSide(*source));
    QStringList consequences;
    if (m_form->rules().deletes) {
        const synchronize::SyncSums &sums = m_model->plan().sums(otherSide(*source));
        if (!m_isCompared || sums.deletedFiles + sums.deletedDirectories > 0) {
            m_notice->showNotice(tr("Compare and synchronize first: then nothing is deleted that "
                                    "you have not seen."));
            return;
        }
        consequences << tr("What is deleted on %1 will be deleted on %2 as well.")
                            .arg(m_ends.name(*source), target)
                     << tr("Nothing of this goes to a trash.");
    }
    if (const QString &caution = m_ends.at(otherSide(*source)).caution; !caution.isEmpty()) {
        consequences << caution;
    }
    if (consequences.isEmpty()) {
        startKeeping();
        return;
    }
    const auto meaning
        = m_form->rules().deletes ? std::optional(Theme::Meaning::Danger) : std::nullopt;
    ask(tr("Keep %1 up to date?").arg(target), consequences.join(u' '), tr("Keep up to date"),
        &SyncWindow::startKeeping, meaning);
}

// A server does not tell when something changes there.
std::optional<Side> SyncWindow::watchedSide() const
{
    using Direction = synchronize::SyncRules::Direction;
    const Direction direction = m_form->rules().direction;
    const Side source = direction == Direction::ToRight ? Side::Left : Side::Right;
    const bool canWatch = direction != Direction::BothWays && m_ends.at(source).isLocal();
    return canWatch ? std::optional(source) : std::nullopt;
}

void SyncWindow::updateKeepButton(bool canBegin)
{
    const bool isBothWays
        = m_form->rules().direction == synchronize::SyncRules::Direction::BothWays;
    m_keep->setEnabled(canBegin && watchedSide());
    m_keep->setToolTip(
        watchedSide() ? tr("Watch the folder of this computer, and copy what changes there")
            : isBothWays
            ? tr("Only one way: choose a direction from this computer to the other side")
            : tr("Only a folder of this computer can be watched: a server does not tell what "
                 "changes there"));
}

void SyncWindow::startKeeping()
{
    m_banner->dismiss();
    m_notice->dismiss();
    forgetPlan();
    synchronize::KeeperOptions options;
    options.comparison = m_form->comparison();
    options.run.copy = m_copyOptions;
    options.deletes = m_form->rules().deletes;
    options.keepsNewer = m_form->rules().newerWins;
    m_work->keep(*watchedSide(), m_form->left(), m_form->right(), options);
}

void SyncWindow::stop()
{
    const bool wasRunning = m_work->state() == State::Running;
    m_work->stop();
    if (wasRunning) {
        forgetPlan();
        m_notice->showNotice(tr("Stopped. What was copied before stays; no file is left half."));
        emit filesChanged();
    }
}

// An empty path is the home directory to a server: who has emptied the field does not mean that.
bool SyncWindow::hasFolders()
{
    const bool areNamed = !m_form->left().isEmpty() && !m_form->right().isEmpty();
    if (!areNamed) {
        m_banner->showError(emptyFolderText());
    }
    return areNamed;
}

void SyncWindow::showOverlap()
{
    m_banner->showError(overlapText());
}

void SyncWindow::showError(const QString &what, const base::Error &error)
{
    if (error.kind == base::ErrorKind::Cancelled) {
        return;
    }
    ErrorText text = errorText(error);
    text.what = what;
    m_banner->showError(text);
}

void SyncWindow::showPage()
{
    const State state = m_work->state();
    if (state == State::Keeping) {
        m_pages->setCurrentIndex(KeeperPage);
    } else if (m_isCompared && m_model->rowCount() > 0) {
        m_pages->setCurrentIndex(ListPage);
    } else {
        m_pages->setCurrentIndex(EmptyPage);
    }
    if (state == State::Comparing) {
        m_empty->setText(tr("Comparing…"));
    } else if (!m_isCompared) {
        m_empty->setText(tr("Compare the two folders to see what differs. Nothing is changed by "
                            "that."));
    } else if (m_model->shown() == SyncModel::Shown::Differences) {
        m_empty->setText(tr("Both folders are the same."));
    } else {
        m_empty->setText(tr("There is nothing of that kind."));
    }
}

void SyncWindow::updateState()
{
    const State state = m_work->state();
    const bool isIdle = state == State::Idle;
    const bool canBegin = isIdle && m_work->isConnected();
    m_form->setEnabled(isIdle);
    m_compare->setEnabled(canBegin);
    m_start->setEnabled(canBegin && m_isCompared && !m_model->plan().isEmpty());
    updateKeepButton(canBegin);
    m_stop->setVisible(!isIdle);
    m_stop->setText(state == State::Keeping ? tr("Stop keeping it up to date") : tr("Stop"));
    m_progress->setVisible(state == State::Comparing || state == State::Running);
    if (state == State::Comparing) {
        m_progress->setRange(0, 0);
    }
    m_shown->setVisible(m_isCompared);
    m_list->setLocked(!isIdle);
    const QString deletions
        = isIdle && m_isCompared ? deletionText(m_model->plan(), m_ends) : QString();
    m_deletions->setText(deletions);
    m_deletions->setVisible(!deletions.isEmpty());
    if (isIdle) {
        m_state->setText(m_isCompared ? planText(m_model->plan(), m_ends) : QString());
    } else if (state == State::Keeping) {
        m_state->setText({});
    }
    showPage();
}

void SyncWindow::closeEvent(QCloseEvent *event)
{
    if (!isBusy() || m_work->state() == State::Comparing || m_isCloseConfirmed) {
        event->accept();
        return;
    }
    event->ignore();
    const bool keeps = m_work->state() == State::Keeping;
    if (m_host->currentSheet() == nullptr) {
        auto *sheet = new ConfirmSheet(
            keeps ? tr("Stop keeping it up to date?") : tr("Stop synchronizing?"),
            keeps ? tr("What is changed after that is not copied.")
                  : tr("What was copied before stays; no file is left half."),
            tr("Stop and close"), m_host);
        connect(sheet, &ConfirmSheet::confirmed, this, [this] {
            m_isCloseConfirmed = true;
            close();
        });
        m_host->present(sheet);
        sheet->setFocus();
    }
}

} // namespace ui
