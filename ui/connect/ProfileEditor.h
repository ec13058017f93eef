// ProfileEditor: the sheet in which a session is made or changed. Its fields stand on pages, which
// are picked from a list at the left.

#pragma once

#include "profiles/Profile.h"
#include "ui/widgets/Sheet.h"

#include <QList>

class QLayout;
class QListWidget;
class QStackedWidget;

namespace ui {

class PlainLabel;
class ProfilePage;

class ProfileEditor final : public Sheet
{
    Q_OBJECT

public:
    // A profile without a host is a new one.
    explicit ProfileEditor(const profiles::Profile &profile, QWidget *parent = nullptr);

    int widthInCharacters() const override;

signals:
    void saved(const profiles::Profile &profile);

private:
    void createPages();
    void addPage(ProfilePage *page);
    QLayout *createBody();
    QLayout *createButtons();
    void submit();
    bool showProblem(); // false if there is none

    profiles::Profile m_profile;
    QListWidget *m_list;
    QStackedWidget *m_stack;
    QList<ProfilePage *> m_pages;
    PlainLabel *m_problem;
};

} // namespace ui
