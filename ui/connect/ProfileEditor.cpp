#include "ui/connect/ProfileEditor.h"

#include "ui/connect/GeneralPage.h"
#include "ui/connect/HostKeyPage.h"
#include "ui/connect/LoginPage.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

// A form of labels and fields, and the list of pages beside it.
constexpr int usualWidth = 92;

// As high as a page usually is: the sheet must not change its height with the page.
constexpr int usualLines = 17;

} // namespace

ProfileEditor::ProfileEditor(const profiles::Profile &profile, QWidget *parent)
    : Sheet(parent)
    , m_profile(profile)
    , m_list(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger, this))
{
    setObjectName(QStringLiteral("profileEditor"));
    const QString title = profile.host.isEmpty() ? tr("New session") : tr("Edit session");
    setAccessibleName(title);
    m_problem->setObjectName(QStringLiteral("profileProblem"));
    m_problem->hide();

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(title, PlainLabel::Role::Title, this));
    layout->addLayout(createBody(), 1);
    layout->addWidget(m_problem);
    layout->addLayout(createButtons());
    createPages();
}

int ProfileEditor::widthInCharacters() const
{
    return usualWidth;
}

void ProfileEditor::createPages()
{
    addPage(new GeneralPage);
    addPage(new LoginPage);
    addPage(new HostKeyPage);

    // Room for the longest title, its margins and the frame.
    m_list->setFixedWidth(m_list->sizeHintForColumn(0) + fontMetrics().averageCharWidth() * 5);
    m_list->setCurrentRow(0);
    setFocusProxy(m_pages.first()->focusProxy());
}

void ProfileEditor::addPage(ProfilePage *page)
{
    page->load(m_profile);
    connect(page, &ProfilePage::submitted, this, &ProfileEditor::submit);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(page);
    page->setAutoFillBackground(false); // the scroll area turned it on
    scroll->viewport()->setAutoFillBackground(false);
    m_stack->addWidget(scroll);
    auto *item = new QListWidgetItem(page->title(), m_list);
    item->setSizeHint(
        {fontMetrics().horizontalAdvance(page->title()), fontMetrics().lineSpacing() * 3 / 2});
    m_pages.append(page);
}

QLayout *ProfileEditor::createBody()
{
    m_list->setObjectName(QStringLiteral("profilePages"));
    m_list->setAccessibleName(tr("Pages"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Ignored);
    m_stack->setMinimumHeight(fontMetrics().lineSpacing() * usualLines);
    connect(m_list, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    auto *row = new QHBoxLayout;
    row->addWidget(m_list);
    row->addWidget(m_stack, 1);
    return row;
}

QLayout *ProfileEditor::createButtons()
{
    auto *save = new QPushButton(tr("Save"), this);
    save->setObjectName(QStringLiteral("profileSave"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("profileCancel"));
    connect(save, &QPushButton::clicked, this, &ProfileEditor::submit);
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(save);
    row->addWidget(cancel);
    return row;
}

void ProfileEditor::submit()
{
    if (showProblem()) {
        return;
    }
    for (const ProfilePage *page : std::as_const(m_pages)) {
        page->store(m_profile);
    }
    emit saved(m_profile);
    finish();
}

bool ProfileEditor::showProblem()
{
    m_problem->hide();
    for (qsizetype index = 0; index < m_pages.size(); ++index) {
        const QString text = m_pages.at(index)->problem();
        if (!text.isEmpty()) {
            m_list->setCurrentRow(static_cast<int>(index));
            m_pages.at(index)->setFocus();
            m_problem->setText(text);
            m_problem->show();
            return true;
        }
    }
    return false;
}

} // namespace ui
